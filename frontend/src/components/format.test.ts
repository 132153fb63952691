import { describe, expect, test } from 'vitest';
import {
  ageWords,
  amount,
  count,
  dayWords,
  dueWords,
  isOld,
  leftWords,
  money,
  percent,
  spanWords,
  wordCount,
  wordList,
} from './format';

const now = new Date(2026, 10, 24, 12, 0);
const at = (day: number, hour: number, year = 2026) => new Date(year, 11, day, hour).toISOString();

describe('dates', () => {
  test('leave out the current year only', () => {
    expect(dayWords('2026-12-04', now)).toBe('4 Dec');
    expect(dayWords('2025-12-04', now)).toBe('4 Dec 2025');
    expect(dueWords(at(4, 18), now)).toBe('Fri 4 Dec, 18:00');
  });

  test.each([
    ['2026-11-19', null, '19 Nov'],
    ['2026-09-01', '2026-11-10', 'Sep to Nov 2026'],
    ['2026-09-01', '2026-09-20', 'Sep 2026'],
    ['2025-10-01', '2026-02-01', 'Oct 2025 to Feb 2026'],
  ])('a span from %s to %s is %s', (from, to, words) => {
    expect(spanWords(from, to, now)).toBe(words);
  });

  test.each([
    [at(4, 18), '10 days left'],
    [new Date(2026, 10, 25, 1).toISOString(), '1 day left'],
    [new Date(2026, 10, 24, 18).toISOString(), 'today'],
    [new Date(2026, 10, 24, 9).toISOString(), 'overdue since today'],
    [new Date(2026, 10, 21, 9).toISOString(), '3 days late'],
  ])('%s is %s', (due, words) => {
    expect(leftWords(due, now)).toBe(words);
  });

  test.each([
    ['2026-11-19', '5 d', false],
    ['2026-10-30', '3 wk', false],
    ['2026-02-20', '9 mo', false],
    ['2025-09-20', '14 mo', true],
  ])('%s is %s old', (day, words, old) => {
    expect(ageWords(day, now)).toBe(words);
    expect(isOld(day, now)).toBe(old);
  });
});

test('money divides by the minor unit of its currency', () => {
  expect(amount(19_500_000, 'USD')).toBe('195,000');
  expect(amount(19_500_000, 'JPY')).toBe('19,500,000');
  expect(money({ minor: 650_000, currency: 'EUR' })).toBe('EUR 6,500');
});

test('numbers and words', () => {
  expect(percent(19.56)).toBe('19.6 %');
  expect(count(1, 'person', 'people')).toBe('1 person');
  expect(count(1200, 'person', 'people')).toBe('1,200 people');
  expect(wordList(['A', 'B', 'C'])).toBe('A, B and C');
  expect(wordCount('  two   words ')).toBe(2);
});
