import type { Ladder, LadderCell, ScalePoint } from '../../api/types';
import { levelsOf } from './levels';

/** One text that contains the words: its place, and where it is shown. */
export type Hit = {
  id: string;
  /** Such as "System design, IC5" or "IC5 Lead". */
  place: string;
  /** What kind of text it is when it is no expectation: "example", "not yet", "note". */
  what: string;
  text: string;
  level: string;
  uid?: string;
};

export const mostHits = 100;

type Words = Pick<Ladder, 'competencies' | 'tracks' | 'scale' | 'archetypes'>;

/** The texts of the ladder that contain all the words, in reading order, at most 100. */
export function hitsOf(ladder: Words, words: string): Hit[] {
  const wanted = wordsOf(words);
  if (wanted.length === 0) return [];
  const hits: Hit[] = [];
  for (const hit of textsOf(ladder)) {
    const all = `${hit.place} ${hit.text}`.toLowerCase();
    if (wanted.every((word) => all.includes(word))) hits.push(hit);
    if (hits.length === mostHits) break;
  }
  return hits;
}

export const wordsOf = (words: string) => words.toLowerCase().split(/\s+/).filter(Boolean);

function* textsOf(ladder: Words): Generator<Hit> {
  for (const { code, title, titles = [], summary, notes = [] } of levelsOf(ladder)) {
    const at = { level: code, place: title === code ? code : `${code} ${title}` };
    const called = titles.map((each) => each.title).join(', ');
    yield { ...at, id: `l-${code}`, what: '', text: [called, summary].filter(Boolean).join('. ') };
    for (const { uid, text } of notes) yield { ...at, id: uid, what: 'note', text };
  }
  for (const competency of ladder.competencies) yield* textsOfCompetency(ladder, competency);
}

type Competency = Ladder['competencies'][number];

function* textsOfCompetency(ladder: Words, competency: Competency): Generator<Hit> {
  const { code, name, description, cells, stages = [] } = competency;
  const first = cells[0]?.level;
  if (first === undefined) return;
  const uid = `c-${code}`;
  yield { id: uid, place: name, what: 'competency', text: description, level: first, uid };
  for (const cell of cells) {
    const at = { level: cell.level, place: `${name}, ${cell.level}` };
    yield* textsOfCell(cell, at, uid);
    for (const variant of cell.variants ?? []) {
      const archetype = ladder.archetypes?.find((each) => each.code === variant.level);
      const place = `${at.place}, ${archetype?.name ?? variant.level}`;
      yield* textsOfCell(variant, { ...at, place }, uid);
    }
  }
  const scale: ScalePoint[] = competency.scale ?? ladder.scale;
  for (const stage of stages) {
    const label = scale.find(({ key }) => key === stage.level)?.label ?? stage.level;
    const level = reached(cells, scale, stage.level) ?? first;
    yield* textsOfCell(stage, { level, place: `${name}, ${label}` }, uid);
  }
}

/** The first level that expects a point of the scale. Its page shows the text of the point. */
function reached(cells: LadderCell[], scale: ScalePoint[], key: string): string | undefined {
  const point = scale.findIndex((each) => each.key === key);
  return cells.find(({ expected }) => expected === point)?.level;
}

type At = { level: string; place: string };

function* textsOfCell(cell: LadderCell, at: At, prose: string): Generator<Hit> {
  const { narrative, points, examples = [], antiExamples = [], notes = [] } = cell;
  if (narrative) {
    yield { ...at, id: `${prose}-${at.place}`, what: '', text: narrative, uid: prose };
  }
  const kinds = [
    { what: '', list: points },
    { what: 'example', list: examples },
    { what: 'not yet', list: antiExamples },
    { what: 'note', list: notes },
  ];
  for (const { what, list } of kinds) {
    for (const { uid, text } of list) yield { ...at, id: `${at.place}-${uid}`, what, text, uid };
  }
}

export type Part = { text: string; found: boolean };

/** The text in parts, with the searched words marked. */
export function highlighted(text: string, words: string): Part[] {
  const wanted = wordsOf(words).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (wanted.length === 0) return [{ text, found: false }];
  return text
    .split(new RegExp(`(${wanted.join('|')})`, 'i'))
    .map((part, i) => ({ text: part, found: i % 2 === 1 }))
    .filter((part) => part.text !== '');
}
