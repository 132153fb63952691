import { Button } from '@mantine/core';
import { useMe } from '../../api/me';
import { dateWords, dayWords } from '../../components/format';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, type Tone, ui } from '../../components/ui';
import { type Grant, roleWords, useDecide, useEnd } from './queries';
import classes from './roles.module.css';

const states: Record<Grant['state'], { words: string; tone: Tone }> = {
  asked: { words: 'Waiting for a decision', tone: 'turn' },
  granted: { words: 'In force', tone: 'ok' },
  refused: { words: 'Refused', tone: 'plain' },
  ended: { words: 'Ended', tone: 'plain' },
  expired: { words: 'Ended', tone: 'plain' },
};

/** The roles that were asked for and given. Those waiting for a decision come first. */
export function Grants({ grants }: { grants: Grant[] }) {
  if (grants.length === 0) return null;
  const waits = (grant: Grant) => (grant.state === 'asked' ? 0 : 1);
  const sorted = grants.toSorted((a, b) => waits(a) - waits(b));
  return (
    <Panel title="Asked for and given in Rung">
      <table className={cx(table.table, table.list)} aria-label="Asked for and given in Rung">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Role and why</th>
            <th scope="col">State</th>
            <th scope="col">Asked by, decided by</th>
            <th scope="col" className={ui.right}>
              Next
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((grant) => (
            <GrantRow key={grant.id} grant={grant} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function GrantRow({ grant }: { grant: Grant }) {
  const state = states[grant.state];
  return (
    <tr>
      <th scope="row">{grant.person.name}</th>
      <td className={classes.why}>
        <span className={ui.medium}>{roleWords[grant.role] ?? grant.role}</span>
        {grant.role === 'hr' && `: ${grant.scope}`}
        <span className={cx(ui.second, classes.reason)}>{grant.reason}</span>
      </td>
      <td>
        <Chip tone={state.tone}>{state.words}</Chip>
        {grant.validTo && grant.state === 'granted' && (
          <span className={cx(ui.tiny, ui.muted)}> until {dayWords(grant.validTo)}</span>
        )}
      </td>
      <td className={ui.second}>
        {grant.askedBy.name}, {dateWords(grant.askedAt)}
        {grant.decidedBy && `; ${grant.decidedBy.name}`}
      </td>
      <td className={ui.right}>
        <GrantActions grant={grant} />
      </td>
    </tr>
  );
}

function GrantActions({ grant }: { grant: Grant }) {
  const decide = useDecide();
  const end = useEnd();
  const me = useMe();
  const failed = decide.error ?? end.error;
  const busy = decide.isPending || end.isPending;
  return (
    <span className={classes.actions}>
      {failed && (
        <span role="alert" className={ui.bad}>
          {failed.message}
        </span>
      )}
      {grant.canDecide && (
        <>
          <Button size="xs" loading={busy} onClick={() => decide.mutate({ grant, allow: false })}>
            Refuse
          </Button>
          <Button
            size="xs"
            variant="filled"
            loading={busy}
            onClick={() => decide.mutate({ grant, allow: true })}
          >
            Allow
          </Button>
        </>
      )}
      {grant.state === 'asked' && !grant.canDecide && (
        <span className={cx(ui.tiny, ui.muted)}>
          {grant.askedBy.id === me.person.id ? 'Somebody else must decide' : 'Waiting'}
        </span>
      )}
      {grant.canEnd && (
        <Button size="xs" loading={busy} onClick={() => end.mutate(grant)}>
          {grant.state === 'asked' ? 'Withdraw' : 'Revoke'}
        </Button>
      )}
    </span>
  );
}
