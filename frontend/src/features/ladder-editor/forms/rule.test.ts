import { expect, test } from 'vitest';
import type { Rule } from '../outline';
import type { Known } from './known';
import { demandsOf, orderOf, putCounting, putThreshold, reachOf, tidyRule, wayOf } from './rule';

test('a rule is saved with the fields of its type', () => {
  const rule: Rule = {
    type: 'average',
    above: 0,
    without: [],
    noSkip: false,
    weights: [{ competency: 'a', weight: 2 }],
    levels: ['A'],
    thresholds: [1],
  };
  expect(tidyRule(rule)).toEqual({
    type: 'average',
    above: 0,
    weights: [{ competency: 'a', weight: 2 }],
  });
  expect(tidyRule({ ...rule, type: 'points' })).toEqual({
    type: 'points',
    levels: ['A'],
    thresholds: [1],
  });
  expect(tidyRule({ ...rule, type: 'none' })).toEqual({ type: 'none' });
});

test('levels are in the order of the rule, and each other level follows the one before it', () => {
  expect(orderOf(['A', 'B', 'C'], [])).toEqual(['A', 'B', 'C']);
  expect(orderOf(['A', 'B', 'C', 'M'], ['A', 'M', 'C'])).toEqual(['A', 'B', 'M', 'C']);
  expect(orderOf(['A', 'B'], ['gone', 'B'])).toEqual(['A', 'gone', 'B']);
});

test('each threshold stays with its level', () => {
  const rule: Rule = { type: 'points', levels: ['A', 'C'], thresholds: [0, 9] };
  const order = ['A', 'B', 'C'];
  const more = putThreshold(rule, order, 'B', 5);
  expect(more).toEqual({ type: 'points', levels: ['A', 'B', 'C'], thresholds: [0, 5, 9] });
  expect(putThreshold(more, order, 'A', undefined).levels).toEqual(['B', 'C']);
});

test('what a level asks for is put in order and removed', () => {
  const one = putCounting({ type: 'count' }, ['A', 'B'], 'B', { any: [{ at: 'x', n: 1 }] });
  const two = putCounting(one, ['A', 'B'], 'A', { any: [{ at: 'y', all: true }] });
  expect(two.counts?.map(({ level }) => level)).toEqual(['A', 'B']);
  expect(putCounting(two, ['A', 'B'], 'A', { noneBelow: 'z' }).counts?.[0]).toEqual({
    level: 'A',
    any: [{ at: 'y', all: true }],
    noneBelow: 'z',
  });
  expect(putCounting(two, ['A', 'B'], 'B', undefined).counts).toHaveLength(1);
});

test('joined demands follow each other', () => {
  const way = {
    at: 'x',
    n: 1,
    and: [
      { at: 'y', n: 2, and: [{ at: 'z', all: true }] },
      { at: 'w', n: 1 },
    ],
  };
  const demands = demandsOf(way);
  expect(demands.map(({ at }) => at)).toEqual(['x', 'y', 'z', 'w']);
  expect(wayOf(demands)?.and).toHaveLength(3);
  expect(wayOf([{ at: 'x', n: 1 }])).toEqual({ at: 'x', n: 1 });
  expect(wayOf([])).toBeUndefined();
});

test('the reach of points is counted from values, or from places', () => {
  const point = (key: string, value?: number) => ({ key, ...(value !== undefined && { value }) });
  const known = {
    competencies: [
      { points: [point('a', 1), point('b', 20)] },
      { points: [point('a'), point('b'), point('c')] },
    ],
  } as unknown as Known;
  expect(reachOf(known)).toEqual([1, 22]);
});
