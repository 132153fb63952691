import { expect, test } from 'vitest';
import { csvPath } from './ExportPeople';
import { type PastAssessment, roundsOf } from './handoverQueries';

const past = (id: string, kind: 'self' | 'manager', cycle: string): PastAssessment => ({
  id,
  kind,
  cycle,
  author: { id: 'a', name: kind === 'self' ? 'Dana' : 'Marta' },
  revealedAt: '2026-11-01T10:00:00Z',
  href: `/assessments/${id}`,
});

test('both sides of a cycle are side by side, the newest cycle first', () => {
  const rounds = roundsOf([
    past('1', 'self', 'H2 2026'),
    past('2', 'manager', 'H2 2026'),
    past('3', 'manager', 'H1 2026'),
  ]);
  expect(rounds.map(({ cycle, self, manager }) => [cycle, self?.id, manager?.id])).toEqual([
    ['H2 2026', '1', '2'],
    ['H1 2026', undefined, '3'],
  ]);
  expect(roundsOf([])).toEqual([]);
});

test('the file has the filters of the list but not its sorting', () => {
  expect(csvPath({})).toBe('/api/v1/people.csv');
  expect(csvPath({ q: 'Zoë', level: 'IC5', sort: 'pay' })).toBe(
    '/api/v1/people.csv?q=Zo%C3%AB&level=IC5',
  );
});
