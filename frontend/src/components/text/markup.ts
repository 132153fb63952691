/** Emphasis, code, links, and lines that begin as lists, quotes and headings do. */
const signs = /[*_`~[\]\\]|https?:\/\/|^\s*(?:[-+>]|#{1,6}|\d+[.)])\s|\n\s*\n/m;

/** Whether a text holds any markup. */
export function hasMarkup(text: string): boolean {
  return signs.test(text);
}

/** More than forty quotations and points inside each other: no text that somebody wrote, and too deep to draw. */
const nested = /^(?:[ \t]*(?:>|[-+*]|\d{1,9}[.)])){41}/m;

/** Whether a text can be drawn as Markdown. */
export function isDrawable(text: string): boolean {
  return !nested.test(text);
}
