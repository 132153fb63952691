import { TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from '../editor.module.css';
import { codeOf, moved, type Outline } from '../outline';
import type { OutlineSaver } from '../useOutlineSaver';
import { errorsAt } from './errors';
import { FormDrawer } from './FormDrawer';
import { type Known, levelChoices } from './known';
import { ListPanel } from './ListPanel';
import { type Entry, type PartKey, parts, putEntry } from './parts';
import { Ticks } from './Ticks';

type PanelProps = {
  part: PartKey;
  outline: Outline;
  saver: OutlineSaver;
  readOnly: boolean;
  onOpen: (at?: number) => void;
};

/** The list of one part, in reading order. */
export function PartPanel({ part, outline, saver, readOnly, onOpen }: PanelProps) {
  const { one, title, empty, text, picks, read, write } = parts[part];
  const list = read(outline);
  const save = (what: string, change: (entries: Entry[]) => Entry[]) =>
    saver.save(what, (now) => write(now, change(read(now))));
  return (
    <ListPanel
      title={title}
      add={`Add a ${one}`}
      empty={empty}
      list={list}
      codeOf={({ code }) => code}
      nameOf={({ name, code }) => name || code}
      first={text ? 'Name' : 'Group'}
      columns={[
        ...(picks ? [{ head: picks.label, cell: (entry: Entry) => entry.picks.join(', ') }] : []),
        ...(text ? [{ head: text.label, cell: (entry: Entry) => entry.text }] : []),
      ]}
      readOnly={readOnly}
      onOpen={onOpen}
      onMove={(at, by) => save(`move ${list[at]?.name}`, (now) => moved(now, at, by))}
      onDrop={(at) => save(`remove ${list[at]?.name}`, (now) => now.toSpliced(at, 1))}
    />
  );
}

type FormProps = {
  part: PartKey;
  at?: number;
  outline: Outline;
  known: Known;
  saver: OutlineSaver;
  readOnly: boolean;
  onClose: () => void;
};

const nothing: Entry = { code: '', name: '', text: '', picks: [] };

/** One entry of a part: its name, its meaning, and what was picked for it. */
export function PartForm({ part, at, outline, known, saver, readOnly, onClose }: FormProps) {
  const { one, name, text, picks, code, read } = parts[part];
  const list = read(outline);
  const before = at === undefined ? undefined : list[at];
  const [entry, setEntry] = useState<Entry>(before ?? nothing);
  const wrong = errorsAt(saver.details, `/${part}/${at ?? list.length}`);
  const change = (next: Partial<Entry>) => setEntry({ ...entry, ...next });
  return (
    <FormDrawer
      title={before ? before.name || before.code : `A new ${one}`}
      saver={saver}
      readOnly={readOnly}
      submit={before ? 'Save' : 'Add it'}
      onSubmit={(close) =>
        saver.save(`${before ? 'change' : 'add'} ${entry.name}`, putEntry(part, entry, at), close)
      }
      onClose={onClose}
    >
      <div className={classes.pair}>
        <TextInput
          label={name.label}
          placeholder={name.placeholder}
          required
          maxLength={120}
          value={entry.name}
          error={wrong(name.field)}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label="Code"
          description={
            before ? 'Other parts refer to it, so it cannot change.' : 'It is made from the name.'
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={64}
          readOnly={before !== undefined}
          placeholder={codeOf(entry.name)}
          value={entry.code}
          error={wrong('', code)}
          onChange={(event) => change({ code: event.currentTarget.value.trim() })}
        />
      </div>
      {text && (
        <Textarea
          label={text.label}
          description={text.help}
          autosize
          minRows={2}
          value={entry.text}
          error={wrong(text.field)}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
      )}
      {part === 'archetypes' && picks && (
        <Ticks
          label={picks.label}
          choices={levelChoices(known)}
          value={entry.picks}
          error={wrong(picks.field)}
          onChange={(levels) => change({ picks: levels })}
        />
      )}
      {part === 'technologies' && picks && (
        <TagsInput
          label={picks.label}
          description="Press Enter or type a comma to add one."
          value={entry.picks}
          error={wrong(picks.field)}
          onChange={(items) => change({ picks: items })}
        />
      )}
    </FormDrawer>
  );
}
