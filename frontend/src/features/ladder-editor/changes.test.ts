import { expect, test } from 'vitest';
import { affectedWords, countWords, withSaid } from './changes';
import type { Move } from './queries';

test('counts are put in words, the most important first', () => {
  expect(countWords({ same: 180, new: 2, edited: 1 })).toBe('2 new, 1 reworded, 180 stay');
  expect(affectedWords({ assessments: 1, cases: 2, people: 120 })).toContain(
    '1 assessment is being written and 2 promotion cases are open',
  );
});

test('what the owner says replaces what they said before', () => {
  const moves: Move[] = [
    { type: 'edited', old: ['a'], new: ['x'], said: true },
    { type: 'dropped', old: ['b'], new: [] },
  ];
  expect(withSaid(moves, 'b', 'y')).toHaveLength(2);
  expect(withSaid(moves, 'b', 'x')).toEqual([
    { type: 'edited', old: ['b'], new: ['x'], said: true },
  ]);
  expect(withSaid(moves, 'a', null)).toEqual([]);
});
