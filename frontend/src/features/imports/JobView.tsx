import { Button, Progress } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { count } from '../../components/format';
import { cx, Panel, ui } from '../../components/ui';
import { Issues } from './Issues';
import classes from './imports.module.css';
import { isUnderWay, type Job, orderOf, reportOf, useCancel } from './job';
import { ReportView } from './ReportView';

type Props = { job: Job; pending: boolean; onImport: () => void; onBack?: () => void };

/** An import job: its progress, or its result. */
export function JobView({ job, pending, onImport, onBack }: Props) {
  if (isUnderWay(job)) return <Running job={job} />;
  return (
    <>
      <Ended job={job} pending={pending} onImport={onImport} />
      {onBack && (
        <div className={ui.row}>
          <Button size="xs" onClick={onBack}>
            Back to the columns
          </Button>
        </div>
      )}
    </>
  );
}

function Ended({ job, pending, onImport }: Omit<Props, 'onBack'>) {
  if (job.state === 'cancelled') {
    return (
      <p role="status" className={ui.second}>
        Cancelled. Nothing was changed.
      </p>
    );
  }
  if (job.state === 'failed') return <Failed job={job} />;
  const report = reportOf(job);
  return (
    <>
      <ReportView report={report} />
      {orderOf(job).dryRun && (
        <ImportBar changes={report.added + report.changed} pending={pending} onImport={onImport} />
      )}
    </>
  );
}

function Running({ job }: { job: Job }) {
  const cancel = useCancel(job.id);
  const known = job.total > 0;
  const part = known ? Math.round((job.done / job.total) * 100) : 100;
  const words = job.phase || 'Waiting to start';
  return (
    <Panel
      title={orderOf(job).dryRun ? 'Checking the file' : 'Importing'}
      aside={
        <Button
          size="xs"
          loading={cancel.isPending || job.cancelAsked}
          onClick={() => cancel.mutate()}
        >
          Cancel
        </Button>
      }
    >
      <div className={classes.running}>
        <p role="status">
          {words}
          {job.done > 0 && `: ${job.done.toLocaleString('en')}`}
          {job.done > 0 && known && ` of ${job.total.toLocaleString('en')}`}
        </p>
        <Progress value={part} striped={!known} animated={!known} aria-label={words} />
        <p className={cx(ui.small, ui.second)}>
          You can leave this page and come back. Nothing changes until the job has ended.
        </p>
      </div>
    </Panel>
  );
}

function Failed({ job }: { job: Job }) {
  const errors = job.problem?.errors ?? [];
  if (errors.length === 0) {
    return (
      <p role="alert" className={ui.bad}>
        {job.problem?.detail ?? 'It failed. Nothing was changed.'}
      </p>
    );
  }
  const rows = job.result && (
    <Button
      size="xs"
      component="a"
      href={`/api/v1/jobs/${job.id}/result`}
      download
      leftSection={<IconDownload size={16} stroke={1.5} aria-hidden="true" />}
    >
      Download the rows to fix
    </Button>
  );
  return (
    <Issues
      title={`${count(errors.length, 'error')}, nothing was changed`}
      issues={errors}
      bad
      {...(rows && { action: rows })}
    />
  );
}

type BarProps = { changes: number; pending: boolean; onImport: () => void };

function ImportBar({ changes, pending, onImport }: BarProps) {
  return (
    <div className={ui.row}>
      <span className={cx(ui.grow, ui.small, ui.second)}>
        {changes > 0
          ? 'Everything is applied at once, under your name.'
          : 'The file changes nothing.'}
      </span>
      <Button
        variant="filled"
        aria-disabled={changes === 0}
        loading={pending}
        onClick={() => changes > 0 && onImport()}
      >
        Import {count(changes, 'change')}
      </Button>
    </div>
  );
}
