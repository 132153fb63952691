import { Tabs } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ImportReport } from '../../api/types';
import { count } from '../../components/format';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, ui } from '../../components/ui';
import { Issues } from './Issues';
import classes from './imports.module.css';
import { reportWords } from './kinds';

/** What a file would change, or has changed. */
export function ReportView({ report }: { report: ImportReport }) {
  const { dryRun, rows, columns, warnings, changes } = report;
  const unknown = columns.filter((column) => column.field === null);
  return (
    <>
      <Panel
        title={dryRun ? 'What would change' : 'Applied'}
        aside={
          dryRun ? (
            <Chip>Nothing has changed yet</Chip>
          ) : (
            <Chip tone="ok">
              <IconCheck size={13} stroke={1.5} aria-hidden="true" />
              Done
            </Chip>
          )
        }
      >
        <div className={classes.summary} role="status">
          <p className={ui.bold}>
            {count(rows, 'line')}: {reportWords(report)}
          </p>
          {unknown.length > 0 && (
            <p className={cx(ui.small, ui.second)}>
              Not used: {unknown.map((column) => column.header).join(', ')}
            </p>
          )}
        </div>
        {changes.length > 0 && <Changes report={report} />}
      </Panel>
      {warnings.length > 0 && (
        <Issues title={count(warnings.length, 'warning')} issues={warnings} />
      )}
    </>
  );
}

const tabs = [
  { kind: 'added', label: 'Added' },
  { kind: 'changed', label: 'Changed' },
  { kind: 'unchanged', label: 'Unchanged' },
  { kind: 'missing', label: 'Not in the file' },
] as const;

function Changes({ report }: { report: ImportReport }) {
  const shown = tabs.filter(({ kind }) => report.changes.some((change) => change.kind === kind));
  return (
    <Tabs defaultValue={shown[0]?.kind ?? 'added'} keepMounted={false}>
      <Tabs.List className={classes.tabs}>
        {shown.map(({ kind, label }) => (
          <Tabs.Tab key={kind} value={kind}>
            {label}{' '}
            <span className={cx(ui.number, ui.muted)}>{report[kind].toLocaleString('en')}</span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {shown.map(({ kind, label }) => (
        <Tabs.Panel key={kind} value={kind}>
          <Rows
            label={label}
            total={report[kind]}
            changes={report.changes.filter((change) => change.kind === kind)}
          />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

type RowsProps = { label: string; total: number; changes: ImportReport['changes'] };

function Rows({ label, total, changes }: RowsProps) {
  return (
    <>
      <div className={classes.scroll}>
        <table className={cx(table.table, table.reading, table.list)} aria-label={label}>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Who or what</th>
              <th scope="col">Fields</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={`${change.line}:${change.key}`}>
                <th scope="row" className={ui.number}>
                  {change.line > 0 && change.line}
                </th>
                <td>{change.key}</td>
                <td>{change.fields.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {changes.length < total && (
        <p className={cx(ui.small, ui.muted, classes.summary)}>
          The first {changes.length} are shown.
        </p>
      )}
    </>
  );
}
