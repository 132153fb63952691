import { expect, test } from 'vitest';
import type { LadderCell } from '../../api/types';
import { explains, restOf } from './explains';

const cell: LadderCell = {
  level: 'IC4',
  narrative: '',
  points: [{ uid: 'a', text: 'Writes tests.' }],
  examples: [
    { uid: 'e1', text: 'Wrote one.', parent: 'a' },
    { uid: 'e2', text: 'Did well.' },
  ],
  notes: [{ uid: 'n1', text: 'Of any kind.', parent: 'a' }],
};

test('what explains a sentence is shown under it', () => {
  expect(explains(cell, 'a').map(({ kind, point }) => [kind, point.uid])).toEqual([
    ['Example', 'e1'],
    ['Note', 'n1'],
  ]);
  expect(explains(cell, 'b')).toEqual([]);
});

test('the rest explains the cell, including what belongs to a missing sentence', () => {
  const rest = restOf({ ...cell, antiExamples: [{ uid: 'x', text: 'Talks.', parent: 'gone' }] });
  expect(rest.examples.map(({ uid }) => uid)).toEqual(['e2']);
  expect(rest.notes).toEqual([]);
  expect(rest.antiExamples.map(({ uid }) => uid)).toEqual(['x']);
});
