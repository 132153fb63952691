import { Button, Modal, TextInput } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ui } from '../../components/ui';
import { affectedWords } from './changes';
import classes from './editor.module.css';
import { changesQuery, type Draft } from './queries';

type Props = {
  draft: Draft;
  approve: UseMutationResult<unknown, Error, string>;
  onClose: () => void;
};

/** The second person sets the day from which the version is in force. */
export function Publish({ draft, approve, onClose }: Props) {
  const changes = useQuery(changesQuery(draft.id, draft.version));
  const [day, setDay] = useState('');
  const navigate = useNavigate();
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Publish ${draft.document?.version ?? ''}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          approve.mutate(day, {
            onSuccess: () =>
              void navigate({
                to: '/ladders/$slug',
                params: { slug: draft.slug },
                search: {
                  version: undefined,
                  view: undefined,
                  q: undefined,
                  lang: undefined,
                },
              }),
          });
        }}
      >
        <p>
          A published version never changes. Work in progress stays with the version that it started
          with.
        </p>
        {changes.data?.affected && (
          <p className={ui.second}>{affectedWords(changes.data.affected)}</p>
        )}
        <TextInput
          type="date"
          label="In force from"
          required
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        {approve.error && (
          <p role="alert" className={ui.bad}>
            {approve.error.message}
          </p>
        )}
        <div className={classes.foot}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={approve.isPending}>
            Publish it
          </Button>
        </div>
      </form>
    </Modal>
  );
}
