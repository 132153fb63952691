import { expect, test } from 'vitest';
import type { Ladder } from '../../api/types';
import { mapOf, pathOf } from './map';

const level = (code: string, ordinal: number, next: string[] = [], equivalent: string[] = []) => ({
  code,
  title: code,
  shortTitle: code,
  summary: '',
  shape: null,
  ordinal,
  next,
  equivalent,
});
const ladder = {
  tracks: [
    {
      code: 'IC',
      name: 'Individual',
      kind: 'ic',
      levels: [level('A', 1, ['B']), level('B', 2, ['C', 'M']), level('C', 3, [], ['M'])],
    },
    { code: 'M', name: 'Management', kind: 'management', levels: [level('M', 3, ['C'], ['C'])] },
  ],
} as unknown as Ladder;

test('the higher level stands above, equal ones beside each other', () => {
  const map = mapOf(ladder);
  const at = (code: string) => map.nodes.find((node) => node.level.code === code);
  expect(at('C')?.y).toBe(at('M')?.y);
  expect(at('A')?.y).toBeGreaterThan(at('B')?.y ?? 0);
  expect(at('M')?.x).toBeGreaterThan(at('C')?.x ?? 0);
});

test('lines lead up and across once, sideways steps are equivalents', () => {
  const { lines } = mapOf(ladder);
  const said = lines.map(({ from, to, kind }) => `${from.level.code}${to.level.code} ${kind}`);
  expect(said.toSorted()).toEqual(['AB next', 'BC next', 'BM next', 'CM same']);
  for (const line of lines) expect(pathOf(line)).toMatch(/^M\d/);
});
