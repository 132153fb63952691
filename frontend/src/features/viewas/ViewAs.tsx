import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client, read } from '../../api/client';
import { useMe } from '../../api/me';
import { ui } from '../../components/ui';
import classes from './viewas.module.css';

type Props = { id: string; name: string };

/** Lets HR check what a person sees, after explaining what it shows and who is told. */
export function ViewAs({ id, name }: Props) {
  const { can, person } = useMe();
  const [opened, setOpened] = useState(false);
  if (!can.includes('people.view_as') || person.id === id) return null;
  return (
    <>
      <Button onClick={() => setOpened(true)}>View as</Button>
      {opened && <Confirm id={id} name={name} onClose={() => setOpened(false)} />}
    </>
  );
}

function Confirm({ id, name, onClose }: Props & { onClose: () => void }) {
  const view = useMutation({
    mutationFn: () => read(client.POST('/people/{id}/view', { params: { path: { id } } })),
    onSuccess: () => window.location.assign('/'),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={`View Rung as ${name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={ui.second}>
        You see only what you both may see, and never {name}’s private evidence, drafts, ballots or
        pay. You cannot change anything. It goes on {name}’s list of who read their record, and into
        the audit trail.
      </p>
      {view.error && (
        <p role="alert" className={ui.bad}>
          {view.error.message}
        </p>
      )}
      <div className={classes.foot}>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="filled" loading={view.isPending} onClick={() => view.mutate()}>
          View as {name}
        </Button>
      </div>
    </Modal>
  );
}
