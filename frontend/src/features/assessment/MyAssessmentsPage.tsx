import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../api/me';
import type { AssessmentBrief, Cycle } from '../../api/types';
import { ReadBy } from '../../components/bar/ReadBy';
import { dueWords } from '../../components/format';
import { PathButton, PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, ui } from '../../components/ui';
import { levelsOf } from '../ladder/levels';
import { useOwnLadder } from '../ladder/useOwnLadder';
import classes from './assessment.module.css';
import { assessmentsQuery, cycleQuery, useOpenAssessment } from './queries';

const route = getRouteApi('/assessments');

export default function MyAssessmentsPage() {
  const { person } = useMe();
  const assessments = useQuery(assessmentsQuery(person.id));
  return (
    <QueryPage query={assessments} title="My assessment" what="The list of your assessments">
      {({ items }) => <MyAssessments items={items} />}
    </QueryPage>
  );
}

function MyAssessments({ items }: { items: AssessmentBrief[] }) {
  const cycle = useQuery(cycleQuery).data;
  const { person } = useMe();
  const own = items.filter((item) => item.kind === 'self' && item.subject.id === person.id);
  const current = own.find((item) => item.cycle.id === cycle?.id);
  return (
    <Page
      title="My assessment"
      chips={cycle && <Chip tone="line">{cycle.name}</Chip>}
      action={current && <OpenButton assessment={current} />}
    >
      {!current && cycle && <Start cycle={cycle} />}
      {!current && !cycle && (
        <Empty
          title="No cycle is open"
          action={<PathButton path="/evidence?new=true">Log evidence</PathButton>}
        >
          When HR opens a cycle, you rate yourself here against a level of your ladder. You can log
          evidence all year.
        </Empty>
      )}
      {own.length > 0 && <Own items={own} />}
    </Page>
  );
}

function OpenButton({ assessment }: { assessment: AssessmentBrief }) {
  return (
    <PathButton variant="filled" path={`/assessments/${assessment.id}`}>
      {assessment.state === 'draft' ? 'Continue' : 'Open'}
    </PathButton>
  );
}

function useTargets() {
  const ladder = useOwnLadder();
  const { person } = useMe();
  const levels = ladder ? levelsOf(ladder) : [];
  const next = levels.find((level) => level.code === person.level)?.next?.[0];
  return { levels, next: next ?? person.level ?? null };
}

function Start({ cycle }: { cycle: Cycle }) {
  const router = useRouter();
  const { target } = route.useSearch();
  const { levels, next } = useTargets();
  const { person } = useMe();
  const [chosen, setChosen] = useState<string | null>(target ?? null);
  const open = useOpenAssessment();
  const level = chosen ?? next;
  const start = (targetLevel: string) =>
    open.mutate(
      { personId: person.id, targetLevel },
      { onSuccess: ({ id }) => router.history.push(`/assessments/${id}`) },
    );
  return (
    <div className={cx(ui.panel, classes.start)}>
      <h2>Rate yourself against a level</h2>
      <p className={ui.second}>
        About five minutes for each competency. Submit it by {dueWords(cycle.selfDueAt)}.
      </p>
      <ReadBy resource="assessment" />
      <Select
        label="Target level"
        data={levels.map(({ code, shortTitle }) => ({
          value: code,
          label: `${code} ${shortTitle}`,
        }))}
        value={level}
        onChange={setChosen}
      />
      <Button variant="filled" loading={open.isPending} onClick={() => level && start(level)}>
        Start self-assessment
      </Button>
      {open.error && (
        <p role="alert" className={ui.bad}>
          {open.error.message}
        </p>
      )}
    </div>
  );
}

function Own({ items }: { items: AssessmentBrief[] }) {
  return (
    <Panel title="Your assessments, newest first">
      <table className={cx(table.table, table.list)}>
        <thead>
          <tr>
            <th scope="col">Cycle</th>
            <th scope="col">Against</th>
            <th scope="col">State</th>
            <th scope="col">Submitted</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                <PathLink path={`/assessments/${item.id}`}>{item.cycle.name}</PathLink>
              </th>
              <td>{item.targetLevel}</td>
              <td>
                <Chip>{item.state === 'draft' ? 'Draft' : 'Submitted'}</Chip>
              </td>
              <td>{item.submittedAt && dueWords(item.submittedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
