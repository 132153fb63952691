import { expect, test } from 'vitest';
import type { Ladder } from '../../api/types';
import { hitsOf } from './search';

const ladder = {
  competencies: [
    {
      code: 'design',
      name: 'Design',
      cells: [
        { level: 'A', points: [{ uid: 'a', text: 'Designs a service.' }] },
        { level: 'B', narrative: 'Splits services.', points: [{ uid: 'b', text: 'Owns queues.' }] },
      ],
    },
  ],
} as unknown as Ladder;

test('a hit has all the words, in its text or the name of its competency', () => {
  expect(hitsOf(ladder, 'design SERVICE').map(({ uid }) => uid)).toEqual(['a', 'c-design']);
  expect(hitsOf(ladder, 'queues').map(({ level }) => level)).toEqual(['B']);
  expect(hitsOf(ladder, '  ')).toEqual([]);
  expect(hitsOf(ladder, 'nothing')).toEqual([]);
});
