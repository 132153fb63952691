import { expect, test } from 'vitest';
import { shapeFacts } from './shape';

const lead = {
  codingShare: 55,
  reportsMin: 0,
  reportsMax: 0,
  writesReviews: false,
  yearsMin: 6,
  yearsMax: null,
};

test('the shape of a role in short facts', () => {
  expect(shapeFacts(lead)).toEqual([
    ['55 %', 'coding'],
    ['0', 'reports'],
    ['6+', 'years'],
  ]);
  const manager = { ...lead, reportsMin: 5, reportsMax: 8, writesReviews: true, yearsMin: null };
  expect(shapeFacts(manager).slice(1)).toEqual([
    ['5-8', 'reports'],
    ['writes', 'reviews'],
  ]);
});
