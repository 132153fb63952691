import { Button } from '@mantine/core';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { RowIssue } from '../../api/types';
import table from '../../components/table/table.module.css';
import { cx, Panel, ui } from '../../components/ui';
import { issuesCsv } from './kinds';

function download(issues: RowIssue[]): void {
  const url = URL.createObjectURL(new Blob([issuesCsv(issues)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'import-errors.csv';
  link.click();
  URL.revokeObjectURL(url);
}

type Props = { title: string; issues: RowIssue[]; bad?: boolean; action?: ReactNode };

/** What is wrong in a file: where, what, and how to fix it. */
export function Issues({ title, issues, bad = false, action }: Props) {
  return (
    <div role={bad ? 'alert' : undefined}>
      <Panel
        title={
          <span className={ui.row}>
            <IconAlertTriangle
              size={16}
              stroke={1.5}
              aria-hidden="true"
              className={bad ? ui.bad : ui.turn}
            />
            {title}
          </span>
        }
        aside={
          action ?? (
            <Button
              size="xs"
              leftSection={<IconDownload size={16} stroke={1.5} aria-hidden="true" />}
              onClick={() => download(issues)}
            >
              Download errors
            </Button>
          )
        }
      >
        <table className={cx(table.table, table.reading, table.list)} aria-label={title}>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Field</th>
              <th scope="col">What is wrong</th>
              <th scope="col">How to fix it</th>
            </tr>
          </thead>
          <tbody>
            {issues.map((issue) => (
              <tr key={`${issue.line}:${issue.column}:${issue.field}:${issue.message}`}>
                <th scope="row" className={ui.number}>
                  {issue.line !== undefined && issue.line}
                  {issue.column !== undefined && `, column ${issue.column}`}
                </th>
                <td>{issue.field}</td>
                <td>{issue.message}</td>
                <td>{issue.fix}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </div>
  );
}
