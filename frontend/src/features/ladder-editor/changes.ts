import type { DraftChanges, Move } from './queries';

export const moveWords: Record<string, string> = {
  same: 'stay',
  edited: 'reworded',
  split: 'split',
  merged: 'merged',
  dropped: 'dropped',
  new: 'new',
};

const order = ['new', 'edited', 'split', 'merged', 'dropped', 'same'];

/** "2 new, 1 reworded, 180 stay": what became of the sentences. */
export function countWords(counts: Record<string, number>): string {
  return order
    .filter((kind) => counts[kind])
    .map((kind) => `${counts[kind]} ${moveWords[kind]}`)
    .join(', ');
}

function some(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Whose work depends on the ladder. */
export function affectedWords({
  assessments,
  cases,
  people,
}: NonNullable<DraftChanges['affected']>): string {
  return [
    `${some(people, 'person stands', 'people stand')} on this ladder.`,
    `${some(assessments, 'assessment is', 'assessments are')} being written and ${some(cases, 'promotion case is', 'promotion cases are')} open. They stay with their version, and authors can move their assessments to the new one.`,
  ].join(' ');
}

/** What the owner decided, with one more decision: a dropped sentence that became a new one. */
export function withSaid(moves: Move[], old: string, become: string | null): Move[] {
  const said = moves.filter((move) => move.said && !move.old.includes(old));
  if (become === null) return said;
  const free = said.filter((move) => !move.new.includes(become));
  return [...free, { type: 'edited', old: [old], new: [become], said: true }];
}
