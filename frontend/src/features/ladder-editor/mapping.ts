import type { Converted, Mapping } from './queries';

export type Use = Mapping['tables'][number]['columns'][number]['use'];

/** The mapping with another use of one column. A new level gets its code when the file is read again. */
export function used(mapping: Mapping, at: number, column: number, use: Use): Mapping {
  const tables = mapping.tables.map((each, i) =>
    i === at
      ? { ...each, columns: each.columns.map((one, j) => (j === column ? { ...one, use } : one)) }
      : each,
  );
  return { ...mapping, tables };
}

/** The mapping with a table switched on or off. */
export function taken(mapping: Mapping, at: number, take: boolean): Mapping {
  const tables = mapping.tables.map((each, i) => (i === at ? { ...each, skip: !take } : each));
  return { ...mapping, tables };
}

/** Whether a table that is read says something about the level. */
export function isRead(mapping: Mapping, code: string): boolean {
  return mapping.tables.some(
    ({ skip, columns }) =>
      !skip && columns.some(({ level, use }) => level === code && use !== 'skip'),
  );
}

/** The name of one part of the file for people. */
export function partName(table: Mapping['tables'][number], several: boolean): string {
  if (table.page) {
    return table.heading
      ? `Headings and lists below ${table.heading}`
      : 'Headings and lists of the page';
  }
  if (table.heading) return several ? `Table: ${table.heading}` : table.heading;
  return several ? 'Table' : 'What the columns hold';
}

/** The place of a problem: workbooks have rows, texts have lines. */
export function placeOf(
  kind: Converted['summary']['format']['kind'],
  line: number,
  column: number,
) {
  return kind === 'xlsx' || kind === 'csv' ? `Row ${line}, cell ${column}` : `Line ${line}`;
}
