import type { Mapping } from './queries';

type Column = Mapping['tables'][number]['columns'][number];
export type Use = Column['use'];

const firstTrack = { code: 'IC', name: 'Individual contributor', kind: 'ic' } as const;

/** A code of a header: letters, digits and hyphens. */
function codeOf(header: string): string {
  return (
    header
      .trim()
      .replace(/[^A-Za-z0-9.]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 28) || 'L'
  );
}

/** The mapping with another use of one column; a column that becomes a level gets one of its own. */
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
