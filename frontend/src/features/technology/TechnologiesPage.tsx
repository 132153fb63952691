import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useMe } from '../../api/me';
import { AutosaveStatus } from '../../components/autosave/AutosaveStatus';
import { Audience } from '../../components/bar/Audience';
import { count } from '../../components/format';
import { Meter } from '../../components/Meter';
import { Page } from '../../components/page/Page';
import { QueryPage } from '../../components/page/states';
import { cx, Kbd, Panel, ui } from '../../components/ui';
import { useOwnLadder } from '../ladder/useOwnLadder';
import { depthScale, keyOf, type Profile, type Section, sectionsOf, stanceCount } from './profile';
import { profileQuery } from './queries';
import classes from './technology.module.css';
import { UseRow } from './UseRow';

export default function TechnologiesPage() {
  const { person } = useMe();
  const profile = useQuery(profileQuery(person.id));
  return (
    <QueryPage query={profile} title="Technologies" what="Your profile">
      {(data) => <Screen profile={data} />}
    </QueryPage>
  );
}

function Screen({ profile }: { profile: Profile }) {
  const catalogue = useOwnLadder()?.technologies ?? [];
  const [added, setAdded] = useState<string[]>([]);
  const list = useRef<HTMLDivElement>(null);
  const sections = sectionsOf(catalogue, profile.uses, added);
  const focus = (name: string | undefined) =>
    rowOf(list.current, name)?.querySelector<HTMLElement>('[role="radio"][tabindex="0"]')?.focus();
  const names = sections.flatMap(({ rows }) => rows.map((row) => row.name));
  const add = (name: string) => {
    const known = names.find((other) => keyOf(other) === keyOf(name));
    if (!known) setAdded([...added, name]);
    requestAnimationFrame(() => focus(known ?? name));
  };
  return (
    <Page
      title="Technologies"
      subtitle="What you work with, how well you know it, and what you think of it. Knowing the trade-offs says more than a list."
      chips={<Audience audience={profile.audience} />}
      top={<AutosaveStatus />}
    >
      <Legend profile={profile} />
      <div ref={list} className={classes.sections}>
        {sections.map((section) => (
          <Rows
            key={section.name}
            person={profile.person.id}
            section={section}
            onDigit={(name) => focus(names[names.indexOf(name) + 1])}
          />
        ))}
        <Add onAdd={add} />
      </div>
    </Page>
  );
}

function rowOf(list: HTMLElement | null, name = ''): Element | null | undefined {
  return list?.querySelector(`[data-technology="${CSS.escape(name)}"]`);
}

/** What the points mean, and how many of the technologies known in depth have a stance. */
function Legend({ profile }: { profile: Profile }) {
  const { deep, withStance } = stanceCount(profile.uses);
  return (
    <div className={classes.legend}>
      <dl>
        {depthScale.slice(1).map(({ key, label, meaning }, i) => (
          <div key={key}>
            <dt>
              <Meter rating={i + 1} scale={depthScale} /> {label} <Kbd>{i + 1}</Kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className={cx(ui.small, ui.second)} role="status">
        {profile.uses.length === 0
          ? 'Choose how well you know each technology. 0 removes it again.'
          : `${count(profile.uses.length, 'technology', 'technologies')}. You give your stance on ${withStance} of the ${deep} that you ran in production or know as an expert.`}
      </p>
    </div>
  );
}

type RowsProps = { person: string; section: Section; onDigit: (name: string) => void };

function Rows({ person, section, onDigit }: RowsProps) {
  return (
    <Panel title={section.name}>
      <ul className={classes.rows}>
        {section.rows.map((row) => (
          <UseRow key={keyOf(row.name)} person={person} row={row} onDigit={onDigit} />
        ))}
      </ul>
    </Panel>
  );
}

function Add({ onAdd }: { onAdd: (name: string) => void }) {
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    onAdd(name.trim().replaceAll(/\s+/g, ' '));
    setName('');
  };
  return (
    <form className={classes.add} onSubmit={submit} aria-label="Add a technology">
      <TextInput
        label="Something else you work with"
        placeholder="OpenTelemetry"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" aria-disabled={name.trim() === ''}>
        Add
      </Button>
    </form>
  );
}
