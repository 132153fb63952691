import { IconCheck } from '@tabler/icons-react';
import type { ImportReport } from '../../api/types';
import { count } from '../../components/format';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, ui } from '../../components/ui';
import { Issues } from './Issues';
import classes from './imports.module.css';
import { reportWords } from './kinds';

/** What a file would change, or did change. */
export function ReportView({ report }: { report: ImportReport }) {
  const { dryRun, rows, columns, warnings, changes } = report;
  const unknown = columns.filter((column) => column.field === null);
  return (
    <>
      <Panel
        title={dryRun ? 'What would change' : 'Applied'}
        aside={
          dryRun ? (
            <Chip>Nothing is changed yet</Chip>
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

function Changes({ report: { changes, added, changed } }: { report: ImportReport }) {
  return (
    <>
      <table className={cx(table.table, table.reading, table.list)} aria-label="Changes">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Who or what</th>
            <th scope="col">Change</th>
            <th scope="col">Fields</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={`${change.line}:${change.key}`}>
              <th scope="row" className={ui.number}>
                {change.line}
              </th>
              <td>{change.key}</td>
              <td>{change.kind}</td>
              <td>{change.fields.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changes.length < added + changed && (
        <p className={cx(ui.small, ui.muted, classes.summary)}>
          The first {changes.length} are shown.
        </p>
      )}
    </>
  );
}
