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

test('a use changes its column only; a new level gets its code from the server', () => {
  const next = used(mapping, 0, 1, 'level');
  expect(next.tables[0]?.columns.map(({ use }) => use)).toEqual(['competency', 'level']);
  expect(next.levels).toEqual([]);
  expect(used(mapping, 5, 1, 'level')).toEqual(mapping);
});

test('a level is read when a table in use has it', () => {
  const [table] = mapping.tables;
  if (!table) throw new Error('the mapping has a table');
  const columns = [{ header: 'Stage one', use: 'level' as const, level: 'stage-one' }];
  const levelled = { ...mapping, tables: [{ ...table, columns }] };
  expect(isRead(levelled, 'stage-one')).toBe(true);
  expect(isRead(taken(levelled, 0, false), 'stage-one')).toBe(false);
  expect(isRead(taken(taken(levelled, 0, false), 0, true), 'stage-one')).toBe(true);
  expect(isRead(used(levelled, 0, 0, 'skip'), 'stage-one')).toBe(false);
});

test('parts and places are called as in the file', () => {
  const [table] = mapping.tables;
  if (!table) throw new Error('the mapping has a table');
  expect(partName(table, false)).toBe('What the columns hold');
  expect(partName({ ...table, heading: 'Craft' }, true)).toBe('Table: Craft');
  expect(partName({ ...table, page: true }, true)).toBe('Headings and lists of the page');
  expect(partName({ ...table, page: true, heading: 'Craft' }, true)).toBe(
    'Headings and lists below Craft',
  );
  expect(placeOf('xlsx', 3, 2)).toBe('Row 3, cell 2');
  expect(placeOf('markdown', 3, 2)).toBe('Line 3');
});
