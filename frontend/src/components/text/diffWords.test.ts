import { expect, test } from 'vitest';
import { diffWords } from './diffWords';

test('marks the words that only the second text has', () => {
  expect(diffWords('He led two with me.', 'He led two alone with me.')).toEqual([
    { text: 'He led two ', change: 'same' },
    { text: 'alone ', change: 'new' },
    { text: 'with me.', change: 'same' },
  ]);
});

test.each([
  ['', 'all new'],
  ['a b c', 'c b a'],
  ['x y z', 'x z'],
  ['one two three four', 'zero two five four six'],
])('from %j to %j, no word of the second text is lost', (before, after) => {
  const segments = diffWords(before, after);
  expect(segments.map((segment) => segment.text).join('')).toBe(after);
});

test('equal texts have nothing new', () => {
  expect(diffWords('a b', 'a b')).toEqual([{ text: 'a b', change: 'same' }]);
});
