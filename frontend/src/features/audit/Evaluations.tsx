import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMe } from '../../api/me';
import { fieldError } from '../../api/problem';
import { dayWords, dueWords } from '../../components/format';
import { PersonSelect } from '../../components/input/PersonSelect';
import { PathButton } from '../../components/links';
import { Empty, QueryPart } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, type Tone, ui } from '../../components/ui';
import classes from './audit.module.css';
import {
  type Evaluation,
  evaluationsQuery,
  useAskEvaluation,
  useDecideEvaluation,
} from './queries';

/** It takes two people to see who read whose data. */
export function Evaluations() {
  const evaluations = useQuery(evaluationsQuery);
  const { roles } = useMe();
  return (
    <div className={classes.stack}>
      <p className={ui.second}>
        No single person may look through who opened whose pay, packet or assessment. An auditor
        asks and states a purpose, somebody else allows it for a day, and every look is recorded.
      </p>
      {roles.includes('auditor') && <Ask />}
      <QueryPart query={evaluations} what="The evaluations">
        {({ items }) =>
          items.length > 0 ? (
            <List items={items} />
          ) : (
            <Empty title="Nobody has asked yet">Each request and its decision stay here.</Empty>
          )
        }
      </QueryPart>
    </div>
  );
}

const states: Record<Evaluation['state'], { words: string; tone: Tone }> = {
  asked: { words: 'Waiting for a decision', tone: 'turn' },
  allowed: { words: 'Allowed', tone: 'ok' },
  refused: { words: 'Refused', tone: 'plain' },
  over: { words: 'Ended', tone: 'plain' },
};

function List({ items }: { items: Evaluation[] }) {
  return (
    <div className={ui.panel}>
      <table className={cx(table.table, table.list)} aria-label="Evaluations">
        <thead>
          <tr>
            <th scope="col">Purpose</th>
            <th scope="col">About</th>
            <th scope="col">Days</th>
            <th scope="col">State</th>
            <th scope="col">Asked by, decided by</th>
            <th scope="col" className={ui.right}>
              Next
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <th scope="row" className={classes.purpose}>
                {one.purpose}
              </th>
              <td>{one.about?.name ?? 'Everybody'}</td>
              <td>
                {dayWords(one.from)} to {dayWords(one.to)}
              </td>
              <td>
                <Chip tone={states[one.state].tone}>{states[one.state].words}</Chip>
                {one.state === 'allowed' && one.expiresAt && (
                  <span className={cx(ui.tiny, ui.muted)}> until {dueWords(one.expiresAt)}</span>
                )}
              </td>
              <td className={ui.second}>
                {one.askedBy.name}
                {one.decidedBy && `; ${one.decidedBy.name}`}
              </td>
              <td className={ui.right}>
                <Next one={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Next({ one }: { one: Evaluation }) {
  const decide = useDecideEvaluation();
  if (one.canRead)
    return (
      <PathButton size="xs" path={`/audit?tab=trail&evaluation=${one.id}`}>
        Read it
      </PathButton>
    );
  if (!one.canDecide)
    return one.state === 'asked' ? (
      <span className={cx(ui.tiny, ui.muted)}>Somebody else must decide</span>
    ) : null;
  return (
    <span className={classes.actions}>
      <Button
        size="xs"
        loading={decide.isPending}
        onClick={() => decide.mutate({ one, allow: false })}
      >
        Refuse
      </Button>
      <Button
        size="xs"
        variant="filled"
        loading={decide.isPending}
        onClick={() => decide.mutate({ one, allow: true })}
      >
        Allow for a day
      </Button>
    </span>
  );
}

function Ask() {
  const [purpose, setPurpose] = useState('');
  const [about, setAbout] = useState<string | null>(null);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const ask = useAskEvaluation();
  const ready = purpose.trim() && from && to;
  const error = (field: string) => fieldError(ask.error, field);
  const send = () =>
    ask.mutate(
      { purpose, from, to, ...(about && { aboutId: about }) },
      { onSuccess: () => setPurpose('') },
    );
  return (
    <Panel title="Ask to see who read what">
      <div className={classes.form}>
        <Textarea
          label="Purpose"
          description="Write what you look for and why, for example a complaint of a certain day."
          autosize
          minRows={2}
          maxLength={1000}
          value={purpose}
          error={error('purpose')}
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <div className={classes.filters}>
          <PersonSelect
            label="About"
            placeholder="Everybody"
            clearable
            value={about}
            onChange={setAbout}
          />
          <TextInput
            type="date"
            label="First day"
            value={from}
            error={error('from')}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label="Last day"
            value={to}
            error={error('to')}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <Button
            variant="filled"
            className={classes.send}
            loading={ask.isPending}
            aria-disabled={!ready}
            onClick={() => ready && send()}
          >
            Ask
          </Button>
        </div>
      </div>
    </Panel>
  );
}
