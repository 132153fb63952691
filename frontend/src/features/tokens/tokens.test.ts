import { expect, test } from 'vitest';
import { lastDay } from './NewToken';

test('a token of one day ends today, one of a year a day before the same date', () => {
  const now = new Date('2026-11-24T23:30:00Z');
  expect(lastDay(1, now)).toBe('2026-11-24');
  expect(lastDay(366, now)).toBe('2027-11-24');
});
