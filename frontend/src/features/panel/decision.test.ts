import { expect, test } from 'vitest';
import type { PersonRef, Tally } from '../../api/types';
import { planLeft } from './Seats';
import { proposed } from './SignDecision';

const people = (total: number): PersonRef[] =>
  Array.from({ length: total }, (_, index) => ({ id: String(index), name: `P${index}` }));

test.each([
  [3, null, '2 more people and a chair'],
  [4, '0', '1 more person'],
  [5, null, 'a chair'],
  [5, '0', ''],
])('%d people with chair %s still need "%s"', (total, chairId, left) => {
  expect(planLeft({ people: people(total), chairId })).toBe(left);
});

test('the majority of the marks is proposed, and a tie means not yet', () => {
  const criteria = [
    { competency: 'a', name: 'A', marks: [0, 1, 3, 1], spread: 2 },
    { competency: 'b', name: 'B', marks: [0, 2, 2, 0], spread: 1 },
  ];
  expect(
    proposed({ criteria } as Tally).map(({ competency, outcome }) => [competency, outcome]),
  ).toEqual([
    ['a', 'met'],
    ['b', 'not_yet'],
  ]);
});
