import type { ImportReport, RowIssue } from '../../api/types';

export const kinds = [
  {
    kind: 'people',
    label: 'People',
    right: 'people.import',
    help: 'One line for each person. Columns are found by the names in line 1.',
  },
  {
    kind: 'bands',
    label: 'Pay bands',
    right: 'bands.import',
    help: 'One line for each level and location, with minimum, midpoint and maximum.',
  },
  {
    kind: 'pay',
    label: 'Pay',
    right: 'pay.import',
    help: 'One line for each person, with pay and currency.',
  },
] as const;

export type ImportKind = (typeof kinds)[number]['kind'];

/** Small files, which are checked and applied while the reader waits. */
export type DirectKind = Exclude<ImportKind, 'people'>;

function quoted(value: string | number | undefined): string {
  return `"${String(value ?? '').replaceAll('"', '""')}"`;
}

/** The errors of a file as CSV, to fix them beside the file. */
export function issuesCsv(issues: RowIssue[]): string {
  const rows = issues.map(({ line, column, field, message, fix }) => [
    line,
    column,
    field,
    message,
    fix,
  ]);
  return [['line', 'column', 'field', 'message', 'fix'], ...rows]
    .map((row) => row.map(quoted).join(','))
    .join('\r\n');
}

/** "12 added, 3 changed, 200 unchanged". */
export function reportWords({ added, changed, unchanged, missing }: ImportReport): string {
  const parts = [`${added} added`, `${changed} changed`, `${unchanged} unchanged`];
  return (missing > 0 ? [...parts, `${missing} not in the file`] : parts).join(', ');
}
