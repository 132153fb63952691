import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { AssessmentProgress, TeamRow } from '../../api/types';
import { dateWords, leftWords } from '../../components/format';
import { LevelGlyph } from '../../components/LevelGlyph';
import { PathButton, PathLink } from '../../components/links';
import { TableFrame } from '../../components/table/TableFrame';
import table from '../../components/table/table.module.css';
import { Chip, cx, Face, ui } from '../../components/ui';
import { useKeys } from '../../components/useKeys';
import { useOpenAssessment } from '../assessment/queries';
import classes from './team.module.css';

/** One line per report, with progress and the next step. Only the focused row's button is solid. */
export function TeamTable({ rows }: { rows: TeamRow[] }) {
  const [current, setCurrent] = useState(0);
  const move = (by: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, current + by));
    setCurrent(next);
    document
      .querySelector<HTMLElement>(`[data-team-row="${next}"] a, [data-team-row="${next}"] button`)
      ?.focus();
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  return (
    <TableFrame label="Team table">
      <table className={cx(table.table, table.list)} aria-label="Team">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Level</th>
            <th scope="col">Self</th>
            <th scope="col">Your assessment</th>
            <th scope="col">Promotion case</th>
            <th scope="col" className={ui.right}>
              Next
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row
              key={row.person.id}
              row={row}
              index={index}
              current={index === current}
              onFocus={() => setCurrent(index)}
            />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

type RowProps = { row: TeamRow; index: number; current: boolean; onFocus: () => void };

function Row({ row, index, current, onFocus }: RowProps) {
  const { person, target } = row;
  const sameLevel = !target || target === person.level;
  return (
    <tr className={current ? table.current : undefined} data-team-row={index} onFocus={onFocus}>
      <th scope="row">
        <span className={ui.row}>
          <Face name={person.name} />
          <PathLink path={`/people/${person.id}`}>{person.name}</PathLink>
        </span>
      </th>
      <td>
        <span className={ui.row}>
          <LevelGlyph level={target ?? person.level ?? ''} />
          <span className={cx(ui.second, ui.nowrap)}>
            {sameLevel ? person.level : `${person.level} to ${target}`}
          </span>
        </span>
      </td>
      <td>
        <Progress progress={row.self} />
      </td>
      <td>
        <Progress progress={row.review} />
      </td>
      <td>
        <CaseWords row={row} />
      </td>
      <td className={ui.right}>
        <NextButton row={row} current={current} />
      </td>
    </tr>
  );
}

function Progress({ progress }: { progress: AssessmentProgress }) {
  const { state, done, total, late, dueAt } = progress;
  if (state === 'submitted') {
    return (
      <Chip tone="ok">
        <IconCheck size={13} stroke={1.5} aria-hidden="true" />
        Submitted
      </Chip>
    );
  }
  if (late) {
    return (
      <Chip tone="bad">
        <IconAlertTriangle size={13} stroke={1.5} aria-hidden="true" />
        {dueAt ? leftWords(dueAt) : 'Late'}
      </Chip>
    );
  }
  return <Chip>{state === 'draft' ? `Draft, ${done} of ${total}` : 'Not started'}</Chip>;
}

function CaseWords({ row }: { row: TeamRow }) {
  if (!row.case) return <span className={ui.second}>None</span>;
  const { id, words, turn, dueAt } = row.case;
  return (
    <>
      <PathLink path={`/cases/${id}`} className={ui.medium}>
        {words}
      </PathLink>
      <span className={ui.second}>
        {' '}
        · {turn}
        {dueAt && `, ${dateWords(dueAt)}`}
      </span>
    </>
  );
}

function NextButton({ row, current }: { row: TeamRow; current: boolean }) {
  const { next, person, target } = row;
  const router = useRouter();
  const open = useOpenAssessment();
  const look = { size: 'xs', variant: current ? 'filled' : 'default' } as const;
  const label = `${next.action} ${person.name}`;
  if (next.kind !== 'assess' && next.href) {
    return (
      <PathButton {...look} path={next.href} aria-label={label}>
        {next.action}
      </PathButton>
    );
  }
  if (next.kind !== 'assess') return <span className={cx(ui.small, ui.second)}>{next.action}</span>;
  const start = () =>
    open.mutate(
      { personId: person.id, ...(target && { targetLevel: target }) },
      { onSuccess: ({ id }) => router.history.push(`/assessments/${id}`) },
    );
  return (
    <span className={classes.next}>
      {open.error && (
        <span role="alert" className={cx(ui.tiny, ui.bad)}>
          {open.error.message}
        </span>
      )}
      <Button {...look} loading={open.isPending} aria-label={label} onClick={start}>
        {next.action}
      </Button>
    </span>
  );
}
