import { Button, Modal, MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryPart } from '../../components/page/states';
import { ui } from '../../components/ui';
import { unitsQuery } from '../people/orgQueries';
import classes from './editor.module.css';
import { useConfigureLadder } from './queries';

type Props = { slug: string; name: string; units: { id: string; name: string }[] };

/** The units that stand on a ladder, and a way to choose them. */
export function StandingUnits({ slug, name, units }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      {units.map((unit) => unit.name).join(', ')}{' '}
      <Button
        size="xs"
        variant="subtle"
        aria-label={`Choose units of ${name}`}
        onClick={() => setOpen(true)}
      >
        Choose
      </Button>
      {open && (
        <Modal
          opened
          onClose={() => setOpen(false)}
          title={`Who stands on ${name}`}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <Choice slug={slug} before={units.map(({ id }) => id)} onClose={() => setOpen(false)} />
        </Modal>
      )}
    </>
  );
}

type ChoiceProps = { slug: string; before: string[]; onClose: () => void };

function Choice({ slug, before, onClose }: ChoiceProps) {
  const all = useQuery(unitsQuery);
  const configure = useConfigureLadder();
  const [chosen, setChosen] = useState(before);
  return (
    <QueryPart query={all} what="The list of units">
      {({ items }) => (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            configure.mutate({ slug, units: chosen }, { onSuccess: onClose });
          }}
        >
          <MultiSelect
            label="Units"
            description="This includes all units below them that have no ladder of their own. People in other units stand on the widest ladder that has their level. Work in progress stays on the ladder that it started with."
            searchable
            clearable
            nothingFoundMessage="No unit has this name"
            data={items.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen}
            onChange={setChosen}
          />
          {configure.error && (
            <p role="alert" className={ui.bad}>
              {configure.error.message}
            </p>
          )}
          <div className={classes.foot}>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" loading={configure.isPending}>
              Save
            </Button>
          </div>
        </form>
      )}
    </QueryPart>
  );
}
