import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldError, isProblem } from '../../api/problem';
import { ReadBy } from '../../components/bar/ReadBy';
import { dayWords } from '../../components/format';
import { QueryPart } from '../../components/page/states';
import { Chip, cx, Panel, ui } from '../../components/ui';
import classes from './handover.module.css';
import { type Designation, designationsQuery, useDesignations } from './handoverQueries';

type Props = { id: string; name: string; mayChange: boolean };

/** Roles that a person has for some time. They give no rights. */
export function Designations({ id, name, mayChange }: Props) {
  const query = useQuery(designationsQuery(id));
  if (query.data?.items.length === 0 && !mayChange) return null;
  return (
    <Panel
      title="Designations"
      aside={
        mayChange && (
          <span className={cx(ui.row, ui.wrap)}>
            <span className={cx(ui.small, ui.muted)}>They give no rights</span>
            <ReadBy resource="person" id={id} />
          </span>
        )
      }
    >
      <div className={classes.body}>
        <QueryPart query={query} what="The list of designations">
          {({ items }) =>
            items.length === 0 ? (
              <p className={ui.second}>
                {name} has no designation yet, such as tech lead of a team.
              </p>
            ) : (
              <DesignationList id={id} list={items} mayChange={mayChange} />
            )
          }
        </QueryPart>
        {mayChange && <Add id={id} />}
      </div>
    </Panel>
  );
}

type ListProps = { id: string; list: Designation[]; mayChange?: boolean };

/** The newest first, each with its start and end. */
export function DesignationList({ id, list, mayChange = false }: ListProps) {
  const { end } = useDesignations(id);
  return (
    <>
      <ul className={classes.list} aria-label="Designations">
        {list.map((one) => (
          <li key={one.id}>
            <span className={ui.grow}>
              <span className={one.state === 'over' ? ui.second : ui.medium}>{nameOf(one)}</span>{' '}
              <span className={ui.muted}>{timeOf(one)}</span>
            </span>
            {one.state === 'to_come' && <Chip tone="accent">Upcoming</Chip>}
            {one.state === 'over' && <Chip>Ended</Chip>}
            {mayChange && one.state !== 'over' && (
              <Button
                size="xs"
                loading={end.isPending && end.variables === one.id}
                aria-label={
                  one.state === 'now' ? `End ${nameOf(one)} today` : `Cancel ${nameOf(one)}`
                }
                onClick={() => end.mutate(one.id)}
              >
                {one.state === 'now' ? 'End today' : 'Cancel'}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {end.error && (
        <p role="alert" className={ui.bad}>
          {end.error.message}
        </p>
      )}
    </>
  );
}

function nameOf({ title, of }: Designation): string {
  return of ? `${title}, ${of}` : title;
}

function timeOf({ validFrom, validTo }: Designation): string {
  return validTo
    ? `${dayWords(validFrom)} until ${dayWords(validTo)}`
    : `since ${dayWords(validFrom)}`;
}

const today = () => new Date().toISOString().slice(0, 10);
const blank = () => ({ title: '', of: '', validFrom: today(), validTo: '' });

function Add({ id }: { id: string }) {
  const { add } = useDesignations(id);
  const [form, setForm] = useState(blank);
  const set = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }));
  const error = (field: string) => fieldError(add.error, field);
  const ready = form.title.trim() !== '';
  const send = () =>
    add.mutate(
      {
        title: form.title,
        of: form.of,
        validFrom: form.validFrom,
        ...(form.validTo && { validTo: form.validTo }),
      },
      { onSuccess: () => setForm(blank()) },
    );
  return (
    <form
      className={classes.form}
      aria-label="Add a designation"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) send();
      }}
    >
      <TextInput
        label="Designation"
        placeholder="Tech lead"
        maxLength={200}
        value={form.title}
        error={error('title')}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <TextInput
        label="Of what (optional)"
        placeholder="A team, project or guild"
        maxLength={200}
        value={form.of}
        error={error('of')}
        onChange={(event) => set({ of: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="From"
        value={form.validFrom}
        error={error('validFrom')}
        onChange={(event) => set({ validFrom: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="First day without it (optional)"
        value={form.validTo}
        error={error('validTo')}
        onChange={(event) => set({ validTo: event.currentTarget.value })}
      />
      <Button type="submit" loading={add.isPending} aria-disabled={!ready}>
        Add
      </Button>
      {add.error && !(isProblem(add.error) && add.error.errors.length > 0) && (
        <p role="alert" className={ui.bad}>
          {add.error.message}
        </p>
      )}
    </form>
  );
}
