import { expect, test } from 'vitest';
import { lastDay } from './NewToken';

test('a token for one day ends today, and one for a year ends a day before the same date', () => {
  const now = new Date('2026-11-24T23:30:00Z');
  expect(lastDay(1, now)).toBe('2026-11-24');
  expect(lastDay(366, now)).toBe('2027-11-24');
});
