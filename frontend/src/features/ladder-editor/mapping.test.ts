import { expect, test } from 'vitest';
import { isRead, partName, placeOf, taken, used } from './mapping';
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

test('a column that becomes a level gets its own level, once', () => {
  const next = used(mapping, 0, 1, 'level');
  expect(next.levels).toEqual([
    { header: 'Stage one', code: 'Stage-one', title: 'Stage one', track: 'IC' },
  ]);
  expect(next.tables[0]?.columns[1]).toMatchObject({ use: 'level', level: 'Stage-one' });
  expect(next.tracks).toHaveLength(1);
  expect(used(used(next, 0, 1, 'skip'), 0, 1, 'level').levels).toHaveLength(1);
});

test('other uses change the column only', () => {
  expect(used(mapping, 0, 1, 'notes').levels).toEqual([]);
  expect(used(mapping, 5, 1, 'level')).toBe(mapping);
});

test('a level is read when a table in use has it', () => {
  const levelled = used(mapping, 0, 1, 'level');
  expect(isRead(levelled, 'Stage-one')).toBe(true);
  expect(isRead(taken(levelled, 0, false), 'Stage-one')).toBe(false);
  expect(isRead(taken(taken(levelled, 0, false), 0, true), 'Stage-one')).toBe(true);
  expect(isRead(used(levelled, 0, 1, 'skip'), 'Stage-one')).toBe(false);
});

test('parts and places are called as in the file', () => {
  const [table] = mapping.tables;
  if (!table) throw new Error('the mapping has a table');
  expect(partName(table, false)).toBe('What the columns hold');
  expect(partName({ ...table, heading: 'Craft' }, true)).toBe('Table: Craft');
  expect(partName({ ...table, page: true }, true)).toBe('Headings and lists of the page');
  expect(placeOf('xlsx', 3, 2)).toBe('Row 3, cell 2');
  expect(placeOf('markdown', 3, 2)).toBe('Line 3');
});
