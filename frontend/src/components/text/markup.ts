/** Emphasis, code, links, and lines that begin as lists, quotes and headings do. */
const signs = /[*_`~[\]\\]|https?:\/\/|^\s*(?:[-+>]|#{1,6}|\d+[.)])\s|\n\s*\n/m;

/** Whether a text holds any markup. */
export function hasMarkup(text: string): boolean {
  return signs.test(text);
}
