import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMe } from '../../api/me';
import { ReadBy } from '../../components/bar/ReadBy';
import { dateWords } from '../../components/format';
import { Chip, Panel, ui } from '../../components/ui';
import { type Hold, holdsQuery, useHolds } from './queries';
import classes from './record.module.css';

/** Keeps a record from being deleted while somebody may need it. */
export function Holds({ id }: { id: string }) {
  const { can, person } = useMe();
  const allowed = can.includes('holds') && person.id !== id;
  const holds = useQuery({ ...holdsQuery(id), enabled: allowed, retry: false });
  const { place } = useHolds(id);
  const [reason, setReason] = useState('');
  if (!allowed || holds.isError) return null;
  const send = () => place.mutate(reason, { onSuccess: () => setReason('') });
  return (
    <Panel title="Legal holds" aside={<ReadBy resource="hold" id={id} />}>
      <div className={classes.body}>
        {(holds.data?.items ?? []).map((hold) => (
          <HoldLine key={hold.id} id={id} hold={hold} />
        ))}
        <Textarea
          label="What the record is needed for"
          description="While a hold is in place, nothing in this record is deleted."
          autosize
          maxLength={1000}
          value={reason}
          error={place.error?.message}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div>
          <Button
            aria-disabled={reason.trim() === ''}
            loading={place.isPending}
            onClick={() => reason.trim() && send()}
          >
            Place a hold
          </Button>
        </div>
      </div>
    </Panel>
  );
}

function HoldLine({ id, hold }: { id: string; hold: Hold }) {
  const { lift } = useHolds(id);
  return (
    <div className={ui.row}>
      <span className={ui.grow}>
        {hold.reason}{' '}
        <span className={ui.muted}>
          {hold.placedBy.name}, {dateWords(hold.placedAt)}
        </span>
      </span>
      {hold.liftedAt ? (
        <Chip>Lifted {dateWords(hold.liftedAt)}</Chip>
      ) : (
        <Button size="xs" loading={lift.isPending} onClick={() => lift.mutate(hold.id)}>
          Lift
        </Button>
      )}
    </div>
  );
}
