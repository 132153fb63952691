import type { Preview } from './job';

/** From header to field. An empty field leaves the column out. */
export type Columns = Record<string, string>;

/** What the columns of a file are read as. */
export function detected({ columns }: Preview): Columns {
  return Object.fromEntries(columns.map(({ header, field }) => [header, field]));
}

/** The columns with one changed. A field is read from one column only. */
export function chosen(columns: Columns, header: string, field: string): Columns {
  const others = Object.entries(columns).map(([other, taken]) => [
    other,
    field !== '' && taken === field ? '' : taken,
  ]);
  return { ...Object.fromEntries(others), [header]: field };
}

/** The columns as a product names them. Columns that it does not name stay. */
export function fromPreset(preview: Preview, key: string): Columns {
  const known = preview.presets.find((preset) => preset.key === key)?.columns ?? {};
  return Object.entries(known).reduce(
    (columns, [header, field]) => chosen(columns, header, field),
    detected(preview),
  );
}

/** Fields that every file needs but this one has no column for. */
export function lacking({ fields }: Preview, columns: Columns): string[] {
  const taken = new Set(Object.values(columns));
  const missing = fields.filter((field) => field.required && !taken.has(field.key));
  const named = taken.has('full_name') || taken.has('last_name');
  return [...missing.map((field) => field.name), ...(named ? [] : ['the name'])];
}
