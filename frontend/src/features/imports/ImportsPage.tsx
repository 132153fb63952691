import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useMe } from '../../api/me';
import { isProblem } from '../../api/problem';
import type { ImportReport } from '../../api/types';
import { count } from '../../components/format';
import { Page } from '../../components/page/Page';
import { NotFound } from '../../components/page/states';
import { cx, ui } from '../../components/ui';
import { ACCEPT } from './Chooser';
import { Issues } from './Issues';
import classes from './imports.module.css';
import { type DirectKind, type ImportKind, kinds } from './kinds';
import { PeopleImport } from './PeopleImport';
import { useImport } from './queries';
import { ReportView } from './ReportView';

const route = getRouteApi('/imports');

export default function ImportsPage() {
  const { can } = useMe();
  const { kind: asked, job } = route.useSearch();
  const navigate = route.useNavigate();
  const onJob = useCallback(
    (id: string | undefined) =>
      void navigate({ search: (before) => ({ kind: before.kind, job: id }), replace: true }),
    [navigate],
  );
  const allowed = kinds.filter(({ right }) => can.includes(right));
  const chosen = allowed.find(({ kind }) => kind === asked) ?? allowed[0];
  if (!chosen) return <NotFound />;
  return (
    <Page
      title="Imports"
      subtitle="Check a file first. Nothing changes until you apply it. Then either all of it is applied or nothing."
      action={
        allowed.length > 1 && (
          <SegmentedControl
            aria-label="What to import"
            data={allowed.map(({ kind, label }) => ({ value: kind, label }))}
            value={chosen.kind}
            onChange={(next) =>
              void navigate({ search: { kind: next as ImportKind, job: undefined } })
            }
          />
        )
      }
    >
      {chosen.kind === 'people' ? (
        <PeopleImport job={job} onJob={onJob} help={chosen.help} />
      ) : (
        <ImportForm key={chosen.kind} kind={chosen.kind} label={chosen.label} help={chosen.help} />
      )}
    </Page>
  );
}

type FormProps = { kind: DirectKind; label: string; help: string };

function useImportSteps(kind: DirectKind) {
  const [file, setFile] = useState<File | null>(null);
  const [bandSet, setBandSet] = useState({ name: '', validFrom: '' });
  const check = useImport(kind);
  const apply = useImport(kind);
  const choose = (next: File | null) => {
    setFile(next);
    check.reset();
    apply.reset();
    if (next && kind !== 'bands') check.mutate({ file: next, dryRun: true });
  };
  const input = (dryRun: boolean) => file && { file, dryRun, ...(kind === 'bands' && bandSet) };
  const run = (dryRun: boolean) => {
    const what = input(dryRun);
    if (what) (dryRun ? check : apply).mutate(what);
  };
  return { file, choose, bandSet, setBandSet, check, apply, run };
}

function ImportForm({ kind, label, help }: FormProps) {
  const steps = useImportSteps(kind);
  const { file, choose, bandSet, setBandSet, check, apply, run } = steps;
  const needsName = kind === 'bands' && (bandSet.name === '' || bandSet.validFrom === '');
  return (
    <div className={classes.form}>
      <div className={cx(ui.panel, classes.choose)}>
        <label className={classes.file}>
          <span className={ui.bold}>{label} file (CSV or Excel)</span>
          <span className={cx(ui.small, ui.second)}>{help}</span>
          <input
            type="file"
            accept={ACCEPT}
            onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)}
          />
        </label>
        {kind === 'bands' && <BandSetFields value={bandSet} onChange={setBandSet} />}
        <Button
          aria-disabled={!file || needsName}
          loading={check.isPending}
          onClick={() => !needsName && run(true)}
        >
          Check the file
        </Button>
      </div>
      <Outcome error={check.error ?? apply.error} report={apply.data ?? check.data} />
      {check.data && !apply.data && (
        <ApplyBar report={check.data} pending={apply.isPending} onApply={() => run(false)} />
      )}
    </div>
  );
}

type BandSet = { name: string; validFrom: string };

function BandSetFields({
  value,
  onChange,
}: {
  value: BandSet;
  onChange: (value: BandSet) => void;
}) {
  return (
    <div className={classes.bandSet}>
      <TextInput
        label="Name of the band set"
        placeholder="Live 2027"
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="In force from"
        value={value.validFrom}
        onChange={(event) => onChange({ ...value, validFrom: event.currentTarget.value })}
      />
    </div>
  );
}

function Outcome({ error, report }: { error: Error | null; report: ImportReport | undefined }) {
  if (isProblem(error) && error.errors.length > 0) {
    return (
      <Issues
        title={`${count(error.errors.length, 'error')}, nothing was changed`}
        issues={error.errors}
        bad
      />
    );
  }
  if (error) {
    return (
      <p role="alert" className={ui.bad}>
        {error.message}
      </p>
    );
  }
  return report ? <ReportView report={report} /> : null;
}

type ApplyProps = { report: ImportReport; pending: boolean; onApply: () => void };

function ApplyBar({ report, pending, onApply }: ApplyProps) {
  const changes = report.added + report.changed;
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
        onClick={() => changes > 0 && onApply()}
      >
        Apply {count(changes, 'change')}
      </Button>
    </div>
  );
}
