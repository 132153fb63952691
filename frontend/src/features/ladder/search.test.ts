import { expect, test } from 'vitest';
import type { Ladder } from '../../api/types';
import { highlighted, hitsOf } from './search';

const point = (uid: string, text: string) => ({ uid, text });
const ladder = {
  tracks: [
    {
      levels: [
        {
          code: 'A',
          title: 'Assistant',
          summary: 'Learns the craft.',
          notes: [point('n1', 'A year of it.')],
        },
        { code: 'B', title: 'Builder', summary: '' },
      ],
    },
  ],
  scale: [
    { key: 'low', label: 'Low' },
    { key: 'high', label: 'High up' },
  ],
  archetypes: [{ code: 'solver', name: 'Solver' }],
  competencies: [
    {
      code: 'tests',
      name: 'Testing',
      description: 'How one knows that it works.',
      cells: [
        {
          level: 'A',
          points: [point('p1', 'Writes tests.')],
          examples: [point('e1', 'Covered the parser.')],
        },
        {
          level: 'B',
          narrative: 'Tests what others forget.',
          points: [],
          antiExamples: [point('x1', 'Deletes slow tests.')],
          variants: [{ level: 'solver', points: [point('v1', 'Finds the hard bug.')] }],
          expected: 1,
        },
      ],
      stages: [{ level: 'high', points: [point('s1', 'Teaches property tests.')] }],
    },
  ],
} as unknown as Ladder;
const found = (words: string) =>
  hitsOf(ladder, words).map(({ place, what, level, uid }) => [place, what, level, uid]);

test('every kind of text is found, with its place', () => {
  expect(found('year')).toEqual([['A Assistant', 'note', 'A', undefined]]);
  expect(found('builder')).toEqual([['B Builder', '', 'B', undefined]]);
  expect(found('knows works')).toEqual([['Testing', 'competency', 'A', 'c-tests']]);
  expect(found('parser')).toEqual([['Testing, A', 'example', 'A', 'e1']]);
  expect(found('forget')).toEqual([['Testing, B', '', 'B', 'c-tests']]);
  expect(found('slow')).toEqual([['Testing, B', 'not yet', 'B', 'x1']]);
  expect(found('bug')).toEqual([['Testing, B, Solver', '', 'B', 'v1']]);
  expect(found('property')).toEqual([['Testing, High up', '', 'B', 's1']]);
});

test('all words must match in any case, and no words find nothing', () => {
  expect(found('WRITES testing')).toEqual([['Testing, A', '', 'A', 'p1']]);
  expect(found('writes nothing')).toEqual([]);
  expect(found('  ')).toEqual([]);
});

test('words are marked, including those with special characters', () => {
  expect(highlighted('Knows C++ and c.', 'c++ know')).toEqual([
    { text: 'Know', found: true },
    { text: 's ', found: false },
    { text: 'C++', found: true },
    { text: ' and c.', found: false },
  ]);
});
