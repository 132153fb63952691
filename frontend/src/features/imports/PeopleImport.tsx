import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { isProblem } from '../../api/problem';
import { invalidateOthers } from '../../api/query';
import { count } from '../../components/format';
import { cx, ui } from '../../components/ui';
import { Chooser } from './Chooser';
import { Issues } from './Issues';
import classes from './imports.module.css';
import { JobView } from './JobView';
import { isUnderWay, newestImport, orderOf, useJob, usePreview, useStart } from './job';
import { MappingTable } from './MappingTable';
import type { Columns } from './mapping';

type Props = { job: string | undefined; onJob: (id: string | undefined) => void; help: string };

/** Imports people step by step: choose a file, look at its columns, check it, apply it. */
export function PeopleImport({ job: id, onJob, help }: Props) {
  const [file, setFile] = useState<File | null>(null);
  const preview = usePreview();
  const start = useStart();
  const job = useJob(id);
  useNewest(id, file, onJob);
  useFresh(job.data);
  const choose = (next: File | null, sheet?: string) => {
    setFile(next);
    start.reset();
    onJob(undefined);
    if (next) preview.mutate({ file: next, ...(sheet && { sheet }) });
    else preview.reset();
  };
  const begin = (order: Parameters<typeof start.mutate>[0]) =>
    start.mutate(order, { onSuccess: ({ id: started }) => onJob(started) });
  const check = (columns: Columns, dateOrder: string) => {
    if (!preview.data) return;
    const { file: kept, format } = preview.data;
    const order = {
      fileId: kept.id,
      columns,
      dryRun: true,
      ...(format.sheet && { sheet: format.sheet }),
    };
    begin(dateOrder ? { ...order, dateOrder: dateOrder as 'day' | 'month' } : order);
  };
  const busy = job.data !== undefined && id !== undefined && isUnderWay(job.data);
  return (
    <div className={classes.form}>
      {!busy && <Chooser label="People" help={help} pending={preview.isPending} onFile={choose} />}
      <Refusal error={preview.error ?? start.error ?? job.error} />
      {preview.data && !id && (
        <MappingTable
          key={preview.data.file.id}
          preview={preview.data}
          pending={start.isPending}
          onSheet={(sheet) => choose(file, sheet)}
          onCheck={check}
        />
      )}
      {id && job.data && (
        <JobView
          job={job.data}
          pending={start.isPending}
          onImport={() => job.data && begin({ ...orderOf(job.data), dryRun: false })}
          {...(preview.data && { onBack: () => onJob(undefined) })}
        />
      )}
    </div>
  );
}

/** Resumes the import that is running or has just ended, for a reader who left and came back. */
function useNewest(id: string | undefined, file: File | null, onJob: Props['onJob']) {
  const newest = useQuery({ ...newestImport, enabled: id === undefined && file === null });
  const found = newest.data?.id;
  useEffect(() => {
    if (found && id === undefined && file === null) onJob(found);
  }, [found, id, file, onJob]);
}

/** After an import every screen may be out of date. */
function useFresh(job: ReturnType<typeof useJob>['data']) {
  const queries = useQueryClient();
  const done = job?.state === 'succeeded' && !orderOf(job).dryRun ? job.id : undefined;
  useEffect(() => {
    if (done) void invalidateOthers(queries, '/jobs', '/jobs/{id}');
  }, [done, queries]);
}

function Refusal({ error }: { error: Error | null }) {
  if (!error) return null;
  if (isProblem(error) && error.errors.length > 0) {
    return (
      <Issues
        title={`${count(error.errors.length, 'error')}, nothing was changed`}
        issues={error.errors}
        bad
      />
    );
  }
  return (
    <p role="alert" className={cx(ui.bad)}>
      {error.message}
    </p>
  );
}
