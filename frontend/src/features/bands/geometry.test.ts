import { expect, test } from 'vitest';
import { bandRow } from '../../test/fixtures/bands';
import { finding } from './finding';
import { extent, jitter, quartiles, startsTrack } from './geometry';
import { compaStep } from './HeatMap';

test('quartiles split a band into four equal parts', () => {
  expect(quartiles({ min: 100, max: 200 })).toEqual([100, 125, 175, 200]);
});

test('the extent has room for bands and people', () => {
  const people = [{ id: '1', name: 'A', pay: 90, bucket: 'below' as const }];
  const [low, high] = extent([bandRow({ min: 100, max: 190, people })]);
  expect(low).toBeCloseTo(86);
  expect(high).toBeCloseTo(194);
  expect(extent([])).toEqual([0, 1]);
});

test('jitter is fixed and small', () => {
  const offsets = Array.from({ length: 40 }, (_, index) => jitter(index));
  expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(3.2);
  expect(jitter(7)).toBe(jitter(7));
  expect(new Set(offsets).size).toBe(5);
});

test('tracks are told apart', () => {
  const rows = [bandRow(), bandRow(), bandRow({ level: 'M1', track: 'management' })];
  expect(rows.map((_, index) => startsTrack(rows, index))).toEqual([false, false, true]);
});

test.each([
  [0.88, 'low2'],
  [0.95, 'low1'],
  [1, 'middle'],
  [1.05, 'high1'],
  [1.1, 'high2'],
])('compa %d is %s', (compa, step) => {
  expect(compaStep(compa)).toBe(step);
});

test('the finding names the level, the people and who is outside', () => {
  expect(
    finding(
      bandRow({ headcount: 17, below: 1, above: 1, compa: { p10: 0.9, p50: 0.95, p90: 1.1 } }),
      5,
    ),
  ).toBe('IC5: 17 people, median compa-ratio 0.95, 1 below and 1 above the band');
  expect(finding(bandRow({ hidden: true, headcount: 3 }), 5)).toBe(
    'IC5: Hidden, fewer than 5 people',
  );
  expect(finding(bandRow({ hidden: true, headcount: 9 }), 5)).toBe(
    'IC5: Hidden, it would give away a group of fewer than 5',
  );
  expect(finding(bandRow({ headcount: 6, below: 0, above: 0, compa: undefined }), 5)).toBe(
    'IC5: 6 people, nobody outside the band',
  );
});
