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

/** The names of tracks, their kind, and their order. */
export function Tracks({ outline: { tracks = [] }, saver, readOnly }: Props) {
  return (
    <Names
      title="Tracks"
      one="track"
      list={tracks}
      readOnly={readOnly}
      onSave={(what, change) =>
        saver.save(what, (now) => ({ ...now, tracks: change(now.tracks ?? []) }))
      }
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
          onChange={(kind) => put({ kind: kind ?? 'ic' })}
        />
      )}
    />
  );
}

/** The names of categories, what each is part of, and their order. */
export function Categories({ outline: { categories = [] }, saver, readOnly }: Props) {
  return (
    <Names
      title="Categories"
      one="category"
      list={categories}
      readOnly={readOnly}
      onSave={(what, change) =>
        saver.save(what, (now) => ({ ...now, categories: change(now.categories ?? []) }))
      }
      create={(name) => ({ code: codeOf(name), name })}
      extra={(category, put) => (
        <Select
          size="xs"
          aria-label={`${category.name || category.code} is part of`}
          placeholder="Not part of another"
          clearable
          disabled={readOnly}
          data={categories
            .filter(({ code }) => code !== category.code)
            .map(({ code, name }) => ({ value: code, label: name || code }))}
          value={category.parent || null}
          onChange={(parent) => put({ parent: parent ?? '' })}
        />
      )}
    />
  );
}

type Named = { code: string; name?: string };
type NamesProps<T extends Named> = {
  title: string;
  one: string;
  list: T[];
  readOnly: boolean;
  onSave: (what: string, change: (list: T[]) => T[]) => void;
  create: (name: string) => T;
  extra: (entry: T, put: (part: Partial<T>) => void) => React.ReactNode;
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
  const put = (entry: T) => (part: Partial<T>) =>
    onSave(`change ${part.name || entry.name || entry.code}`, (now) =>
      now.map((each) => (each.code === entry.code ? { ...each, ...part } : each)),
    );
  return (
    <Panel title={title}>
      <ul className={classes.names} aria-label={title}>
        {list.map((entry, at) => (
          <li key={entry.code}>
            <Name
              entry={entry}
              one={one}
              readOnly={readOnly}
              onSave={(name) => put(entry)({ name } as Partial<T>)}
            />
            {extra(entry, put(entry))}
            {!readOnly && (
              <Order
                name={entry.name || entry.code}
                first={at === 0}
                last={at === list.length - 1}
                onMove={(by) =>
                  onSave(`move ${entry.name || entry.code}`, (now) => moved(now, at, by))
                }
                onDrop={() =>
                  onSave(`remove ${entry.name || entry.code}`, (now) => now.toSpliced(at, 1))
                }
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
            onSave(`add ${fresh.trim()}`, (now) => [...now, create(fresh.trim())]);
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
  onSave: (name: string) => void;
};

/** A name that is saved when its field loses the focus. */
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
      onBlur={() => name !== (entry.name ?? '') && onSave(name)}
    />
  );
}
