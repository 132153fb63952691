import { expect, test } from 'vitest';
import { ruleWords } from './rules';

test('each rule is put in words', () => {
  expect(ruleWords(undefined)).toEqual(['People decide. The ladder computes nothing.']);
  expect(ruleWords({ type: 'points', thresholds: [0, 5], levels: ['A', 'B'] })).toEqual([
    'The values of the points reached are added up.',
    'A from 0.',
    'B from 5.',
  ]);
  expect(ruleWords({ type: 'shape', minMet: 5, tolerance: 1 })).toEqual([
    'At least 5 competencies reach what is expected at the level, or are at most one point below it.',
  ]);
  const counts = [
    {
      level: 'Staff',
      any: [
        { at: 'expert', n: 1, including: ['lead'] },
        { at: 'advanced', all: true },
      ],
      noneBelow: 'beginner',
    },
  ];
  expect(ruleWords({ type: 'count', counts })).toEqual([
    'Staff: at least 1 at expert or above including lead, or all at advanced or above, and none below beginner.',
  ]);
  expect(ruleWords({ type: 'average', above: 1.7, without: ['none'], noSkip: true })).toEqual([
    'The average value is above 1.7.',
    'Nothing is rated none.',
    'Only the next level can be reached. No level is skipped.',
  ]);
});
