import { expect, test } from 'vitest';
import { issuesCsv, reportWords } from './kinds';

test('errors become CSV with quotes doubled', () => {
  const csv = issuesCsv([
    { line: 3, column: 2, field: 'level', message: 'No level "IC9"', fix: 'Use IC3 to IC7' },
  ]);
  expect(csv.split('\r\n')).toEqual([
    '"line","column","field","message","fix"',
    '"3","2","level","No level ""IC9""","Use IC3 to IC7"',
  ]);
});

test('the report in words', () => {
  const report = {
    file: 'a',
    dryRun: true,
    rows: 5,
    added: 2,
    changed: 1,
    unchanged: 2,
    missing: 0,
  };
  const rest = { columns: [], warnings: [], changes: [] };
  expect(reportWords({ ...report, ...rest })).toBe('2 added, 1 changed, 2 unchanged');
  expect(reportWords({ ...report, ...rest, missing: 4 })).toContain('4 not in the file');
});
