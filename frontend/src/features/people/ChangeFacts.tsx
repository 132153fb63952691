import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, ifMatch, read } from '../../api/client';
import { fieldError } from '../../api/problem';
import { invalidate } from '../../api/query';
import type { components } from '../../api/schema';
import type { Person } from '../../api/types';
import { ReadBy } from '../../components/bar/ReadBy';
import { count, dayWords } from '../../components/format';
import { PersonSelect } from '../../components/input/PersonSelect';
import { ui } from '../../components/ui';
import { type Facts, factsOf, type NamedChange, namedChanges, toChange } from './facts';
import classes from './people.module.css';
import { facetsQuery } from './queries';

type FactChange = components['schemas']['PeopleFactChange'];

/** HR changes org facts from a given day: today, a future day, or a past day as a correction. */
export function ChangeFacts({ person }: { person: Person }) {
  const [opened, setOpened] = useState(false);
  if (!person.mayChange) return null;
  return (
    <>
      <Button onClick={() => setOpened(true)}>Change org facts</Button>
      {opened && <Form person={person} onClose={() => setOpened(false)} />}
    </>
  );
}

function useChange(person: Person) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: FactChange) =>
      read(
        client.POST('/people/{id}/changes', {
          params: { path: { id: person.id }, header: ifMatch(person.version) },
          body,
        }),
      ),
    onSuccess: () => {
      void invalidate(
        queries,
        '/people/{id}',
        '/people/{id}/role-check',
        '/people/{id}/line',
        '/people',
        '/people/facets',
        '/org',
        '/explain/readers',
      );
    },
  });
}

const today = () => new Date().toISOString().slice(0, 10);

function Form({ person, onClose }: { person: Person; onClose: () => void }) {
  const [facts, setFacts] = useState<Facts>(() => factsOf(person));
  const [on, setOn] = useState(today);
  const units = useQuery(facetsQuery).data?.units ?? [];
  const change = useChange(person);
  const set = (part: Partial<Facts>) => setFacts((now) => ({ ...now, ...part }));
  const changes = namedChanges(factsOf(person), facts);
  const error = (field: string) => fieldError(change.error, field);
  const send = () => change.mutate(toChange(factsOf(person), facts, on), { onSuccess: onClose });
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={`Change org facts of ${person.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.form}>
        <TextInput
          type="date"
          label="From"
          description="A future change takes effect on that day. A past day corrects the history."
          value={on}
          error={error('on')}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
        <PersonSelect
          label={
            person.manager
              ? `Manager (currently ${person.manager.name})`
              : 'Manager (currently nobody)'
          }
          placeholder={person.manager?.name ?? 'Nobody'}
          clearable
          value={facts.managerId === person.manager?.id ? null : facts.managerId}
          error={error('managerId')}
          onChange={(id) => set({ managerId: id ?? person.manager?.id ?? null })}
        />
        <Select
          label="Unit"
          searchable
          data={units.map(({ id, name }) => ({ value: id, label: name }))}
          value={facts.unitId}
          error={error('unitId')}
          onChange={(unitId) => set({ unitId })}
        />
        <Words label="Title" field="title" facts={facts} set={set} error={error} />
        <div className={classes.pair}>
          <Words label="Location" field="location" facts={facts} set={set} error={error} />
          <Words label="Time zone" field="timeZone" facts={facts} set={set} error={error} />
          <Words label="Working hours" field="workingHours" facts={facts} set={set} error={error} />
          <TextInput
            type="number"
            label="Share of full time (1 is full time)"
            min={0}
            max={1}
            step={0.05}
            value={facts.fte}
            error={error('fte')}
            onChange={(event) => set({ fte: event.currentTarget.valueAsNumber || 0 })}
          />
          <TextInput
            type="date"
            label="First day away (if leaving)"
            value={facts.endsOn}
            error={error('endsOn')}
            onChange={(event) => set({ endsOn: event.currentTarget.value })}
          />
        </div>
        <Preview changes={changes} on={on} />
        {change.error && (
          <p role="alert" className={ui.bad}>
            {change.error.message}
          </p>
        )}
        <div className={classes.foot}>
          <span className={ui.grow}>
            <ReadBy resource="person" id={person.id} />
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="filled"
            loading={change.isPending}
            aria-disabled={changes.length === 0}
            onClick={() => changes.length > 0 && send()}
          >
            {changes.length === 0 ? 'Change' : `Change ${count(changes.length, 'fact')}`}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

type WordsProps = {
  label: string;
  field: 'title' | 'location' | 'timeZone' | 'workingHours';
  facts: Facts;
  set: (part: Partial<Facts>) => void;
  error: (field: string) => string | undefined;
};

function Words({ label, field, facts, set, error }: WordsProps) {
  return (
    <TextInput
      label={label}
      value={facts[field]}
      error={error(field)}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
    />
  );
}

/** What changes from that day on. */
function Preview({ changes, on }: { changes: NamedChange[]; on: string }) {
  if (changes.length === 0) return <p className={ui.second}>Nothing has changed yet.</p>;
  return (
    <p className={ui.second}>
      From {on ? dayWords(on) : 'the day you choose'}:{' '}
      {changes.map(({ words }) => words).join(', ')}.
      {changes.some(({ field }) => field === 'managerId') &&
        ' The new manager gets a task to take over. What the previous manager wrote stays under their name.'}
    </p>
  );
}
