import type { Level } from '../outline';

type Titles = NonNullable<Level['titles']>;
type Notes = NonNullable<Level['notes']>;

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Other titles as lines: "Analyst (data)". */
export function titleLines(titles: Titles = []): string {
  return titles
    .map(({ title, discipline }) => (discipline ? `${title} (${discipline})` : title))
    .join('\n');
}

export function titlesFrom(text: string): Titles {
  return linesOf(text).map((line) => {
    const [, title, discipline] = /^(.+?)\s*\(([^()]+)\)$/.exec(line) ?? [];
    return title && discipline ? { title, discipline: discipline.trim() } : { title: line };
  });
}

export function noteLines(notes: Notes = []): string {
  return notes.map(({ text }) => text).join('\n');
}

/**
 * Notes from lines. A note keeps its uid when its text still exists, or when another
 * line takes its place. A new note gets a uid that was never used.
 */
export function notesFrom(text: string, before: Notes, newUid: () => string): Notes {
  const lines = linesOf(text);
  const kept = new Map(before.map((note) => [note.text, note]));
  const gone = before.filter((note) => !lines.includes(note.text));
  return lines.map((line, at) => {
    const same = kept.get(line);
    if (same) return same;
    const edited = gone.includes(before[at] as Notes[number]) ? before[at] : undefined;
    return edited ? { ...edited, text: line } : { uid: newUid(), kind: 'note', text: line };
  });
}
