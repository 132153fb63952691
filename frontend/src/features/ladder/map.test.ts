import { expect, test } from 'vitest';
import type { Ladder } from '../../api/types';
import { box, mapOf, pathOf } from './map';

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

test('a higher level is above, equal levels are side by side', () => {
  const map = mapOf(ladder);
  const at = (code: string) => map.nodes.find((node) => node.level.code === code);
  expect(at('C')?.y).toBe(at('M')?.y);
  expect(at('A')?.y).toBeGreaterThan(at('B')?.y ?? 0);
  expect(at('M')?.x).toBeGreaterThan(at('C')?.x ?? 0);
});

const said = (of: Ladder) =>
  mapOf(of)
    .lines.map(
      ({ from, to, kind, both }) => `${from.level.code}${both ? '<' : ''}${to.level.code} ${kind}`,
    )
    .toSorted();

test('a way up, sideways or back has a line, and both directions share one', () => {
  expect(said(ladder)).toEqual(['AB next', 'BC next', 'BM next', 'CM same', 'MC next']);
  const both = {
    tracks: [
      { code: 'IC', name: '', kind: 'ic', levels: [level('A', 1), level('B', 2, ['A', 'M'])] },
      { code: 'M', name: '', kind: 'management', levels: [level('M', 2, ['B'])] },
    ],
  } as unknown as Ladder;
  expect(said(both)).toEqual(['B<M next', 'BA next']);
});

test('equal levels form a chain, not a line between each pair', () => {
  const track = (code: string, equivalent: string[]) => ({
    code,
    name: '',
    kind: 'ic',
    levels: [level(code, 1, [], equivalent)],
  });
  const three = {
    tracks: [track('A', ['B', 'C']), track('B', ['A', 'C']), track('C', ['A', 'B'])],
  } as unknown as Ladder;
  expect(said(three)).toEqual(['AB same', 'BC same']);
});

/** The corners of a path of straight lines. */
function corners(path: string) {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([MHV])([\d.-]+)(?: ([\d.-]+))?/g)].map(([, step, one, other]) => {
    if (step === 'M') [x, y] = [Number(one), Number(other)];
    else if (step === 'H') x = Number(one);
    else y = Number(one);
    return { x, y };
  });
}

test('no line passes behind a level that it does not connect', () => {
  const codes = ['A', 'B', 'C', 'D'];
  const tracks = codes.map((track) => ({
    code: track,
    name: track,
    kind: 'ic',
    levels: [1, 2, 3, 4].map((height) =>
      level(
        `${track}${height}`,
        height,
        codes.flatMap((other) => [1, 2, 3, 4].map((to) => `${other}${to}`)),
        codes.map((other) => `${other}${height}`),
      ),
    ),
  }));
  const map = mapOf({ tracks } as unknown as Ladder);
  for (const line of map.lines) {
    const points = corners(pathOf(line));
    for (const node of map.nodes.filter((each) => each !== line.from && each !== line.to)) {
      for (const [i, { x, y }] of points.slice(1).entries()) {
        const before = points[i] ?? { x, y };
        const apart =
          Math.max(x, before.x) <= node.x ||
          Math.min(x, before.x) >= node.x + box.width ||
          Math.max(y, before.y) <= node.y ||
          Math.min(y, before.y) >= node.y + box.height;
        expect(
          apart,
          `${line.from.level.code} to ${line.to.level.code} behind ${node.level.code}`,
        ).toBe(true);
      }
    }
  }
});
