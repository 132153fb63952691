import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Case, Seat } from '../../api/types';
import { cx, Panel, ui } from '../../components/ui';
import { useTransition } from '../promotion/queries';
import classes from './panel.module.css';
import { seatsNeeded } from './Seats';

function inDays(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  const day = new Intl.DateTimeFormat('sv-SE').format(at);
  return `${day}T17:00`;
}

/** Opens the blind vote. */
export function OpenVote({ promotion, seats }: { promotion: Case; seats: Seat[] }) {
  const [closes, setCloses] = useState(() => inDays(7));
  const transition = useTransition(promotion);
  const seated = seats.filter((seat) => seat.state === 'seated').length;
  const ready = seated >= seatsNeeded && closes !== '';
  const open = () =>
    ready && transition.mutate({ action: 'open_vote', dueAt: new Date(closes).toISOString() });
  return (
    <Panel title="Open the vote">
      <div className={classes.openVote}>
        <p className={ui.second}>
          Each seat votes alone and blind. The ballots are opened and counted together, at the
          close.
        </p>
        <TextInput
          type="datetime-local"
          label="Closes (your time)"
          value={closes}
          onChange={(event) => setCloses(event.currentTarget.value)}
        />
        <div className={ui.row}>
          <span
            className={cx(ui.grow, ui.small, transition.error ? ui.bad : ui.second)}
            role="status"
          >
            {transition.error?.message ??
              (ready ? '' : `Save a panel of ${seatsNeeded} with a chair first`)}
          </span>
          <Button
            variant="filled"
            aria-disabled={!ready}
            loading={transition.isPending}
            onClick={open}
          >
            Open the vote
          </Button>
        </div>
      </div>
    </Panel>
  );
}
