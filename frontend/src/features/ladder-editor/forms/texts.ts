import type { Level, Outline } from '../outline';
import type { Draft } from '../queries';
import { sentence, type Told } from './errors';

/** One text of a ladder: its key, its place, and the original. */
export type Text = { of: string; where: string; original: string };

/** The texts of one part of a ladder, in reading order. */
export type TextPart = { key: string; name: string; texts: Text[] };

type Document = NonNullable<Draft['document']>;
type Entry = Document['competencies'][number];

/** Every text of a draft that can be translated, part by part in reading order. */
export function textsOf(document: Document): TextPart[] {
  const { tracks = [] } = document;
  const parts: TextPart[] = [
    { key: '', name: 'The ladder', texts: headTexts(document) },
    ...tracks.map((track) => ({
      key: `tracks/${track.code}`,
      name: `Levels: ${track.name || track.code}`,
      texts: [
        text(`tracks/${track.code}/name`, 'Track', track.name),
        ...track.levels.flatMap(levelTexts),
      ],
    })),
    { key: 'scales', name: 'Scales', texts: scaleTexts(document) },
    { key: 'ways', name: 'Places inside a level, ways to fill it', texts: wayTexts(document) },
    ...document.competencies.map((entry) => ({
      key: `competencies/${entry.code}`,
      name: entry.name || entry.code,
      texts: competencyTexts(entry),
    })),
  ];
  return parts
    .map((part) => ({ ...part, texts: part.texts.filter(({ original }) => original !== '') }))
    .filter(({ texts }) => texts.length > 0);
}

const text = (of: string, where: string, original: string | undefined): Text => ({
  of,
  where,
  original: original?.trim() ?? '',
});

function headTexts({ name, summary, categories = [] }: Document): Text[] {
  return [
    text('name', 'Name', name),
    text('summary', 'In short', summary),
    ...categories.map((each) => text(`categories/${each.code}/name`, 'Category', each.name)),
  ];
}

function levelTexts({ code, title, shortTitle, summary, notes = [] }: Level): Text[] {
  return [
    text(`levels/${code}/title`, `${code}, title`, title),
    text(`levels/${code}/shortTitle`, `${code}, short title`, shortTitle),
    text(`levels/${code}/summary`, `${code}, in short`, summary),
    ...notes.map((note) => text(note.uid, `${code}, note`, note.text)),
  ];
}

function scaleTexts({ scales = {} }: Document): Text[] {
  return Object.entries(scales).flatMap(([scale, { points }]) =>
    points.flatMap(({ key, label, meaning }) => [
      text(`scales/${scale}/${key}/label`, 'Point', label),
      text(`scales/${scale}/${key}/meaning`, `${label || key}, meaning`, meaning),
    ]),
  );
}

function wayTexts({ modifiers = [], archetypes = [] }: Document): Text[] {
  return [
    ...modifiers.flatMap(({ key, label, meaning }) => [
      text(`modifiers/${key}/label`, 'Place', label),
      text(`modifiers/${key}/meaning`, `${label}, meaning`, meaning),
    ]),
    ...archetypes.flatMap(({ code, name, summary }) => [
      text(`archetypes/${code}/name`, 'Way to fill a level', name),
      text(`archetypes/${code}/summary`, `${name}, in short`, summary),
    ]),
  ];
}

function competencyTexts({ code, name, short, description, descriptors }: Entry): Text[] {
  const of = `competencies/${code}`;
  return [
    text(`${of}/name`, 'Name', name),
    text(`${of}/short`, 'Short name', short),
    text(`${of}/description`, 'What it is', description),
    ...(descriptors ?? []).flatMap(({ at, narrative, criteria }) => {
      const { level = '', levels = '', point = '', archetype = '' } = at;
      const anchor = level || point;
      const where = [anchor || levels, archetype].filter(Boolean).join(', ');
      const path = [of, anchor, archetype, 'narrative'].filter(Boolean).join('/');
      return [
        // Prose for levels that a selector picks has no path.
        ...(anchor ? [text(path, `${where}, prose`, narrative)] : []),
        ...(criteria ?? [])
          .filter(({ retired }) => !retired)
          .map((each) => text(each.uid, `${where}, ${each.kind || 'criterion'}`, each.text)),
      ];
    }),
  ];
}

/** The languages that a draft is translated into, without its original language. */
export function localesOf({ translations = [], language }: Outline): string[] {
  const own = language || 'en';
  return [...new Set(translations.map(({ locale }) => locale))].filter((each) => each !== own);
}

/** The translations of a part by key; '' where a text is not translated yet. */
export function saidIn(outline: Outline, locale: string, texts: Text[]): Record<string, string> {
  const known = new Map(
    (outline.translations ?? [])
      .filter((each) => each.locale === locale)
      .map((each) => [each.of, each.text]),
  );
  return Object.fromEntries(texts.map(({ of }) => [of, known.get(of) ?? '']));
}

/** Sets translations into a language. An empty one is removed; those not given stay. */
export function putSaid(outline: Outline, locale: string, said: Record<string, string>): Outline {
  const fresh = new Map(Object.entries(said));
  const kept = (outline.translations ?? []).flatMap((each) => {
    const now = each.locale === locale ? fresh.get(each.of) : undefined;
    if (now === undefined) return [each];
    fresh.delete(each.of);
    return now.trim() === '' ? [] : [{ ...each, text: now.trim() }];
  });
  const added = [...fresh]
    .filter(([, words]) => words.trim() !== '')
    .map(([of, words]) => ({ locale, of, text: words.trim() }));
  return { ...outline, translations: [...kept, ...added] };
}

/** The errors in the translations of a refused outline, by key. */
export function wrongIn({ translations = [] }: Outline, details: Told[]): Record<string, string> {
  return Object.fromEntries(
    details.flatMap((detail) => {
      const [, part, at] = (detail.pointer ?? '').split('/');
      const of = part === 'translations' ? translations[Number(at)]?.of : undefined;
      return of === undefined ? [] : [[of, sentence(detail)]];
    }),
  );
}

/** The number of texts that are translated. */
export const countSaid = (said: Record<string, string>, texts: Text[]) =>
  texts.filter(({ of }) => (said[of] ?? '').trim() !== '').length;
