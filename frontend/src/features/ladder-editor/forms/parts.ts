import { codeOf, type Outline } from '../outline';

/** The parts of a ladder that consist of a code, a name, a text and some picked items. */
export type PartKey = 'modifiers' | 'archetypes' | 'designations' | 'technologies';

/** One entry of such a part, with the same field names for all parts. */
export type Entry = { code: string; name: string; text: string; picks: string[] };

type Part = {
  key: PartKey;
  /** The name of one entry. */
  one: string;
  title: string;
  /** What the part is for. */
  empty: string;
  /** The names of the fields, in the form and in the pointers of errors. */
  code: string;
  name: { label: string; field: string; placeholder: string };
  text?: { label: string; field: string; help: string };
  picks?: { label: string; field: string };
  read: (outline: Outline) => Entry[];
  write: (outline: Outline, entries: Entry[]) => Outline;
};

const modifiers: Part = {
  key: 'modifiers',
  one: 'place inside a level',
  title: 'Places inside a level',
  empty: 'There are no places inside a level. Add places such as approaching or exceeding it.',
  code: 'key',
  name: { label: 'What people read', field: 'label', placeholder: 'Approaching' },
  text: { label: 'What it means', field: 'meaning', help: 'When this place applies to somebody.' },
  read: ({ modifiers: list = [] }) =>
    list.map(({ key, label, meaning = '' }) => ({
      code: key,
      name: label,
      text: meaning,
      picks: [],
    })),
  write: (outline, entries) => ({
    ...outline,
    modifiers: entries.map(({ code, name, text }) => ({
      key: code,
      label: name,
      ...(text && { meaning: text }),
    })),
  }),
};

const archetypes: Part = {
  key: 'archetypes',
  one: 'way to fill a level',
  title: 'Ways to fill a level',
  empty: 'There is one way to fill a level. Add archetypes such as the architect or the tech lead.',
  code: 'code',
  name: { label: 'Name', field: 'name', placeholder: 'Architect' },
  text: { label: 'In short', field: 'summary', help: 'What is different about it.' },
  picks: { label: 'The levels that it fills', field: 'levels' },
  read: ({ archetypes: list = [] }) =>
    list.map(({ code, name, summary = '', levels }) => ({
      code,
      name,
      text: summary,
      picks: levels,
    })),
  write: (outline, entries) => ({
    ...outline,
    archetypes: entries.map(({ code, name, text, picks }) => ({
      code,
      name,
      ...(text && { summary: text }),
      levels: picks,
    })),
  }),
};

const designations: Part = {
  key: 'designations',
  one: 'role beside the level',
  title: 'Roles beside the level',
  empty:
    'There are no roles beside the level. Add those that people hold for a time, such as tech lead.',
  code: 'code',
  name: { label: 'Name', field: 'name', placeholder: 'Tech lead' },
  text: { label: 'Note', field: 'note', help: 'When it is used.' },
  read: ({ designations: list = [] }) =>
    list.map(({ code, name, note = '' }) => ({ code, name, text: note, picks: [] })),
  write: (outline, entries) => ({
    ...outline,
    designations: entries.map(({ code, name, text }) => ({
      code,
      name,
      ...(text && { note: text }),
    })),
  }),
};

const technologies: Part = {
  key: 'technologies',
  one: 'group of technologies',
  title: 'Technologies of this craft',
  empty: 'People choose from this list what they work with. Add a group, such as databases.',
  code: 'code',
  name: { label: 'Name', field: 'name', placeholder: 'Databases' },
  picks: { label: 'Technologies', field: 'items' },
  read: ({ technologies: list = [] }) =>
    list.map(({ code, name, items }) => ({ code, name, text: '', picks: items ?? [] })),
  write: (outline, entries) => ({
    ...outline,
    technologies: entries.map(({ code, name, picks }) => ({ code, name, items: picks })),
  }),
};

export const parts: Record<PartKey, Part> = { modifiers, archetypes, designations, technologies };

/** Replaces an entry, or adds one at the end with a code made from its name. */
export function putEntry(key: PartKey, entry: Entry, at?: number) {
  const { read, write } = parts[key];
  const tidy = { ...entry, code: entry.code || codeOf(entry.name), name: entry.name.trim() };
  return (outline: Outline): Outline => {
    const list = read(outline);
    return write(outline, at === undefined ? [...list, tidy] : list.with(at, tidy));
  };
}
