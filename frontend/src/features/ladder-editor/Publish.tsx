import { Button, Modal, Select, TextInput } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Refusal } from '../../components/page/Refusal';
import { ui } from '../../components/ui';
import { affectedWords } from './changes';
import classes from './editor.module.css';
import { type Approving, changesQuery, type Draft, type DraftChanges } from './queries';
import { type Answers, isNew, renamedOf } from './renames';

type Props = {
  draft: Draft;
  approve: UseMutationResult<unknown, Error, Approving>;
  onClose: () => void;
};

/** The second person sets the day from which the version is in force. */
export function Publish({ draft, approve, onClose }: Props) {
  const changes = useQuery(changesQuery(draft.id, draft.version));
  const [day, setDay] = useState('');
  const [answers, setAnswers] = useState<Answers>({});
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
          approve.mutate(
            { effectiveFrom: day, renamed: renamedOf(answers) },
            {
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
            },
          );
        }}
      >
        <p>
          A published version never changes. Work in progress stays with the version that it started
          with.
        </p>
        {changes.data?.affected && (
          <p className={ui.second}>{affectedWords(changes.data.affected)}</p>
        )}
        {changes.data && <Renames changes={changes.data} answers={answers} onChange={setAnswers} />}
        <TextInput
          type="date"
          label="In force from"
          required
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        {approve.error && <Refusal error={approve.error} />}
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

type RenamesProps = {
  changes: DraftChanges;
  answers: Answers;
  onChange: (answers: Answers) => void;
};

/** Asks about each level that is gone: only the publisher knows whether it has another code now. */
function Renames({ changes, answers, onChange }: RenamesProps) {
  const { vanished = [], added = [] } = changes;
  if (vanished.length === 0) return null;
  return (
    <>
      <p className={ui.second}>
        These levels are gone. Say which of them only have another code now: their people are
        carried over on the day, and their time at the level goes on. Everybody else stays on the
        old code. Pay bands name levels by code, so bring a band set with the new codes.
      </p>
      {vanished.map(({ code, name, people }) => (
        <Select
          key={code}
          label={`${code} ${name}, ${people === 1 ? '1 person' : `${people} people`}`}
          placeholder="It ends; nobody is moved"
          clearable
          disabled={added.length === 0}
          value={answers[code] ?? null}
          data={added.filter(isNew(answers, code)).map((level) => ({
            value: level.code,
            label: `It is now ${level.code} ${level.name}`,
          }))}
          onChange={(to) => onChange({ ...answers, [code]: to })}
        />
      ))}
    </>
  );
}
