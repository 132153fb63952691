import { expect, test } from 'vitest';
import { atDepth, lastUsedWords, ratingOf, sectionsOf, stanceCount, type Use } from './profile';

const use = (name: string, part: Partial<Use> = {}): Use => ({
  id: name,
  version: 1,
  name,
  depth: 'used',
  lastUsed: null,
  stance: '',
  saidOn: '2026-11-24',
  ...part,
});

const catalogue = [{ name: 'Databases', items: ['PostgreSQL', 'MySQL'] }];

test('known technologies are in their place of the catalogue, the rest below by name', () => {
  const uses = [use('zig'), use('postgresql')];
  const sections = sectionsOf(catalogue, uses, ['Elixir', 'MYSQL', 'Zig']);
  expect(
    sections.map(({ name, rows }) => [name, rows.map((row) => [row.name, row.use?.id])]),
  ).toEqual([
    [
      'Databases',
      [
        ['PostgreSQL', 'postgresql'],
        ['MySQL', undefined],
      ],
    ],
    [
      'Others',
      [
        ['Elixir', undefined],
        ['zig', 'zig'],
      ],
    ],
  ]);
});

test('there is no section for the rest when there is none', () => {
  expect(sectionsOf(catalogue, [], [])).toHaveLength(1);
  expect(sectionsOf([], [], [])).toEqual([]);
});

test('another depth keeps everything else, and the first point removes the technology', () => {
  const said = { depth: 'used', lastUsed: '2024-03', stance: 'For queues.' } as const;
  expect(atDepth(said, 4)).toEqual({ ...said, depth: 'expert' });
  expect(atDepth(said, 0)).toBeNull();
  expect(atDepth(null, 1)).toEqual({ depth: 'tried', lastUsed: null, stance: '' });
  expect(ratingOf(said)).toBe(2);
  expect(ratingOf(null)).toBeNull();
});

test('when it was last used, in words', () => {
  expect(lastUsedWords(null)).toBe('In use');
  expect(lastUsedWords('2024-03')).toBe('Until Mar 2024');
});

test('a stance counts for what somebody knows in depth', () => {
  const uses = [
    use('a', { depth: 'expert', stance: 'x' }),
    use('b', { depth: 'production' }),
    use('c', { stance: 'x' }),
  ];
  expect(stanceCount(uses)).toEqual({ deep: 2, withStance: 1 });
});
