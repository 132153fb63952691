import type { Converted, Mapping } from './queries';

type Column = Mapping['tables'][number]['columns'][number];
export type Use = Column['use'];

const firstTrack = { code: 'IC', name: 'Individual contributor', kind: 'ic' } as const;

/** A code made from a header: letters, digits and hyphens. */
function codeOf(header: string): string {
  return (
    header
      .trim()
      .replace(/[^A-Za-z0-9.]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 28) || 'L'
  );
}

/** The mapping with another use of one column. A column that becomes a level gets its own level. */
export function used(mapping: Mapping, at: number, column: number, use: Use): Mapping {
  const old = mapping.tables[at]?.columns[column];
  if (!old) return mapping;
  const level = use === 'level' ? old.level || codeOf(old.header) : old.level;
  const changed: Column = { ...old, use, ...(level && { level }) };
  const tables = mapping.tables.map((each, i) =>
    i === at
      ? { ...each, columns: each.columns.map((one, j) => (j === column ? changed : one)) }
      : each,
  );
  const known = mapping.levels.some(({ code }) => code === level);
  if (use !== 'level' || known || !level) return { ...mapping, tables };
  const tracks = mapping.tracks.length > 0 ? mapping.tracks : [firstTrack];
  const track = tracks[0]?.code ?? firstTrack.code;
  const added = { header: old.header, code: level, title: old.header, track };
  return { ...mapping, tables, tracks: [...tracks], levels: [...mapping.levels, added] };
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
  if (table.page) return 'Headings and lists of the page';
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
