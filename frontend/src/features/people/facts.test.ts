import { expect, test } from 'vitest';
import { type Facts, namedChanges, toChange } from './facts';

const before: Facts = {
  managerId: 'm1',
  unitId: null,
  title: 'Engineer',
  location: 'London',
  timeZone: 'Europe/London',
  workingHours: '09:00-17:00',
  fte: 1,
  endsOn: '',
};

test('only what differs is sent', () => {
  expect(toChange(before, before, '2026-12-01')).toEqual({ on: '2026-12-01' });
  expect(toChange(before, { ...before, fte: 0.8, title: '' }, '2026-12-01')).toEqual({
    on: '2026-12-01',
    fte: 0.8,
    title: '',
  });
});

test('a missing manager is sent as nobody', () => {
  const change = toChange(before, { ...before, managerId: null }, '2026-12-01');
  expect(change.managerId).toBe('00000000-0000-0000-0000-000000000000');
});

test('changes are named in the order of the form', () => {
  const words = namedChanges(before, { ...before, fte: 0.5, managerId: 'm2' });
  expect(words.map((change) => change.words)).toEqual([
    'another manager',
    'share of full time 0.5',
  ]);
});
