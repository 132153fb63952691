import { expect, test } from 'vitest';
import { used } from './mapping';
import type { Mapping } from './queries';

const mapping = {
  framework: 'quality',
  name: 'Quality',
  version: '1.0.0',
  tracks: [],
  levels: [],
  reasons: [],
  tables: [
    {
      orientation: 'across',
      headerLine: 0,
      rows: [],
      columns: [
        { header: 'Skill', use: 'competency' },
        { header: 'Stage one', use: 'skip' },
      ],
    },
  ],
} as Mapping;

test('a column that becomes a level gets a level of its own, once', () => {
  const next = used(mapping, 0, 1, 'level');
  expect(next.levels).toEqual([
    { header: 'Stage one', code: 'Stage-one', title: 'Stage one', track: 'IC' },
  ]);
  expect(next.tables[0]?.columns[1]).toMatchObject({ use: 'level', level: 'Stage-one' });
  expect(next.tracks).toHaveLength(1);
  expect(used(used(next, 0, 1, 'skip'), 0, 1, 'level').levels).toHaveLength(1);
});

test('other uses change the column alone', () => {
  expect(used(mapping, 0, 1, 'notes').levels).toEqual([]);
  expect(used(mapping, 5, 1, 'level')).toBe(mapping);
});
