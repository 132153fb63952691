import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '../../components/ui';
import classes from './editor.module.css';
import { Order } from './Order';
import { codeOf, emptyLevel, moved, type Outline } from './outline';
import type { OutlineSaver } from './useOutlineSaver';

type Props = { outline: Outline; saver: OutlineSaver; readOnly: boolean };

const kinds = [
  { value: 'ic', label: 'Individual contributor' },
  { value: 'management', label: 'Management' },
  { value: 'hybrid', label: 'Both' },
];

/** The names of tracks and categories, and their order. */
export function GroupsPanel({ outline, saver, readOnly }: Props) {
  const { tracks = [], categories = [] } = outline;
  return (
    <div className={classes.panels}>
      <Names
        title="Tracks"
        one="track"
        list={tracks}
        readOnly={readOnly}
        onSave={(what, list) => saver.save(what, { ...outline, tracks: list })}
        create={(name) => {
          const code = codeOf(name).toUpperCase();
          return {
            code,
            name,
            kind: 'ic',
            levels: [{ ...emptyLevel, code: `${code.slice(0, 12)}1`, title: name }],
          };
        }}
        extra={(track, put) => (
          <Select
            size="xs"
            aria-label={`Kind of ${track.name || track.code}`}
            data={kinds}
            allowDeselect={false}
            disabled={readOnly}
            value={track.kind || 'ic'}
            onChange={(kind) => put({ ...track, kind: kind ?? 'ic' })}
          />
        )}
      />
      <Names
        title="Categories"
        one="category"
        list={categories}
        readOnly={readOnly}
        onSave={(what, list) => saver.save(what, { ...outline, categories: list })}
        create={(name) => ({ code: codeOf(name), name })}
        extra={(category, put) => (
          <Select
            size="xs"
            aria-label={`${category.name || category.code} is part of`}
            placeholder="Part of nothing"
            clearable
            disabled={readOnly}
            data={categories
              .filter(({ code }) => code !== category.code)
              .map(({ code, name }) => ({ value: code, label: name || code }))}
            value={category.parent || null}
            onChange={(parent) => put({ ...category, parent: parent ?? '' })}
          />
        )}
      />
    </div>
  );
}

type Named = { code: string; name?: string };
type NamesProps<T extends Named> = {
  title: string;
  one: string;
  list: T[];
  readOnly: boolean;
  onSave: (what: string, list: T[]) => void;
  create: (name: string) => T;
  extra: (entry: T, put: (entry: T) => void) => React.ReactNode;
};

function Names<T extends Named>({
  title,
  one,
  list,
  readOnly,
  onSave,
  create,
  extra,
}: NamesProps<T>) {
  const [fresh, setFresh] = useState('');
  const put = (at: number) => (entry: T) =>
    onSave(`change ${entry.name || entry.code}`, list.with(at, entry));
  return (
    <Panel title={title}>
      <ul className={classes.names} aria-label={title}>
        {list.map((entry, at) => (
          <li key={entry.code}>
            <Name entry={entry} one={one} readOnly={readOnly} onSave={put(at)} />
            {extra(entry, put(at))}
            {!readOnly && (
              <Order
                name={entry.name || entry.code}
                first={at === 0}
                last={at === list.length - 1}
                onMove={(by) => onSave(`move ${entry.name || entry.code}`, moved(list, at, by))}
                onDrop={() => onSave(`drop ${entry.name || entry.code}`, list.toSpliced(at, 1))}
              />
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <form
          className={classes.addName}
          onSubmit={(event) => {
            event.preventDefault();
            if (fresh.trim() === '') return;
            onSave(`add ${fresh.trim()}`, [...list, create(fresh.trim())]);
            setFresh('');
          }}
        >
          <TextInput
            size="xs"
            aria-label={`Name of a new ${one}`}
            placeholder={`Name of a new ${one}`}
            value={fresh}
            onChange={(event) => setFresh(event.currentTarget.value)}
          />
          <Button size="xs" type="submit">
            Add
          </Button>
        </form>
      )}
    </Panel>
  );
}

type NameProps<T extends Named> = {
  entry: T;
  one: string;
  readOnly: boolean;
  onSave: (entry: T) => void;
};

/** A name that is saved when it is left. */
function Name<T extends Named>({ entry, one, readOnly, onSave }: NameProps<T>) {
  const [name, setName] = useState(entry.name ?? '');
  const [known, setKnown] = useState(entry.name);
  if (known !== entry.name) {
    setKnown(entry.name);
    setName(entry.name ?? '');
  }
  return (
    <TextInput
      size="xs"
      aria-label={`Name of ${one} ${entry.code}`}
      placeholder={entry.code}
      readOnly={readOnly}
      value={name}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={() => name !== (entry.name ?? '') && onSave({ ...entry, name })}
    />
  );
}
