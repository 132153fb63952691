import { Button, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ui } from '../../components/ui';
import classes from './editor.module.css';
import { newLadder } from './newLadder';
import { codeOf } from './outline';
import { useStartDraft } from './queries';

/** Creates a ladder from its name, with three levels and one competency to start from. */
export function NewLadder() {
  const start = useStartDraft();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const close = () => {
    start.reset();
    setOpen(false);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>New ladder</Button>
      <Modal
        opened={open}
        onClose={close}
        title="A new ladder"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            start.mutate(
              { source: newLadder(name) },
              {
                onSuccess: ({ id }) =>
                  void navigate({
                    to: '/ladder-drafts/$id',
                    params: { id },
                    search: { tab: 'outline' },
                  }),
              },
            );
          }}
        >
          <TextInput
            label="Name"
            description="For example, Frontend Engineering. It starts with three levels and one competency."
            required
            maxLength={200}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {start.error && (
            <p role="alert" className={ui.bad}>
              {start.error.message}
            </p>
          )}
          <div className={classes.foot}>
            <Button onClick={close}>Cancel</Button>
            <Button
              type="submit"
              variant="filled"
              disabled={codeOf(name) === ''}
              loading={start.isPending}
            >
              Create{' '}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}
