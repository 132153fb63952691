import { expect, test } from 'vitest';
import type { Level } from '../../api/types';
import { levelsOf, levelsToCompare } from './levels';

const level = (code: string, next: string[], equivalent: string[] = []) =>
  ({ code, next, equivalent }) as unknown as Level;
const ladder = {
  tracks: [
    {
      code: 'IC',
      kind: 'ic',
      name: 'IC',
      levels: [level('IC4', ['IC5']), level('IC5', ['IC6', 'M1'], ['M1']), level('IC6', [])],
    },
    { code: 'M', kind: 'management', name: 'M', levels: [level('M1', ['M2'])] },
  ],
};

test('levels come track after track', () => {
  expect(levelsOf(ladder).map(({ code }) => code)).toEqual(['IC4', 'IC5', 'IC6', 'M1']);
});

test.each([
  ['IC4', ['IC4', 'IC5', 'M1']],
  ['IC5', ['IC5', 'IC6', 'M1']],
  ['IC6', ['IC6']],
  [null, ['IC4', 'IC5', 'M1']],
])('%s is compared with %j', (own, codes) => {
  expect(levelsToCompare(ladder, own)).toEqual(codes);
});
