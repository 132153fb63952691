import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { count } from '../../components/format';
import { TableFrame } from '../../components/table/TableFrame';
import table from '../../components/table/table.module.css';
import { cx, ui } from '../../components/ui';
import classes from './editor.module.css';
import { isRead, partName, placeOf, taken, type Use, used } from './mapping';
import type { Converted, Mapping } from './queries';

const uses: { value: Use; label: string }[] = [
  { value: 'level', label: 'A level' },
  { value: 'every', label: 'All levels' },
  { value: 'competency', label: 'Names of competencies' },
  { value: 'category', label: 'Categories' },
  { value: 'description', label: 'Descriptions' },
  { value: 'notes', label: 'Notes' },
  { value: 'examples', label: 'Examples' },
  { value: 'summary', label: 'Summary of a level' },
  { value: 'skip', label: 'Leave out' },
];

type Props = {
  name: string;
  read: Converted;
  pending: boolean;
  onRead: (mapping: Mapping) => void;
  onLevels: (levels: Record<string, string>) => void;
  onBegin: (source: string) => void;
  onClose: () => void;
};

/** How a table or a page would become a ladder. Guesses can be corrected before a draft starts. */
export function ConvertTable({ name, read, pending, onRead, onLevels, onBegin, onClose }: Props) {
  const [mapping, setMapping] = useState(read.mapping);
  const [levels, setLevels] = useState(levelsOf(read));
  const changed = JSON.stringify(mapping) !== JSON.stringify(read.mapping);
  const renamed = JSON.stringify(levels) !== JSON.stringify(levelsOf(read));
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={`How ${name} become${read.summary.files.length > 1 ? '' : 's'} a ladder`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.form}>
        <div className={cx(ui.row, classes.between)}>
          <TextInput
            label="Name"
            value={mapping.name}
            onChange={(event) => setMapping({ ...mapping, name: event.currentTarget.value })}
          />
          <TextInput
            label="Short name for links"
            value={mapping.framework}
            onChange={(event) => setMapping({ ...mapping, framework: event.currentTarget.value })}
          />
          <TextInput
            label="Version"
            value={mapping.version}
            onChange={(event) => setMapping({ ...mapping, version: event.currentTarget.value })}
          />
        </div>
        {read.summary.files.length > 1 && (
          <fieldset className={classes.sentence}>
            <legend>The level that each file is about</legend>
            <div className={classes.columns}>
              {read.summary.files.map((file) => (
                <TextInput
                  key={file.name}
                  size="xs"
                  label={file.name}
                  placeholder="Several levels"
                  value={levels[file.name] ?? ''}
                  onChange={(event) =>
                    setLevels({ ...levels, [file.name]: event.currentTarget.value })
                  }
                />
              ))}
            </div>
          </fieldset>
        )}
        <Columns mapping={mapping} onChange={setMapping} />
        <Levels mapping={mapping} onChange={setMapping} />
        <details>
          <summary>Why it was read this way</summary>
          <ul className={classes.why}>
            {read.mapping.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
        <p role="status">
          {count(read.levels, 'level', 'levels')},{' '}
          {count(read.competencies, 'competency', 'competencies')},{' '}
          {count(read.sentences, 'sentence', 'sentences')}.
        </p>
        {read.issues.length > 0 && (
          <ol className={classes.errors} aria-label="What to fix">
            {read.issues.map(({ file, line, column, message, fix }) => (
              <li key={`${file}:${line}:${column}:${message}`} className={ui.bad}>
                {file && `${file}, `}
                {placeOf(read.summary.format.kind, line, column)}: {message} ({fix})
              </li>
            ))}
          </ol>
        )}
        <div className={classes.foot}>
          <Button onClick={onClose}>Cancel</Button>
          {changed || renamed ? (
            <Button
              variant="filled"
              loading={pending}
              onClick={() => (renamed ? onLevels(levels) : onRead(mapping))}
            >
              Read it again
            </Button>
          ) : (
            <Button
              variant="filled"
              disabled={read.source === ''}
              onClick={() => onBegin(read.source)}
            >
              Start a draft
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

/** The levels of the files by their names, as they were read. */
function levelsOf(read: Converted): Record<string, string> {
  return Object.fromEntries(read.summary.files.map(({ name, level }) => [name, level ?? '']));
}

type PartProps = { mapping: Mapping; onChange: (mapping: Mapping) => void };

function Columns({ mapping, onChange }: PartProps) {
  const use = (at: number, column: number, next: Use) => onChange(used(mapping, at, column, next));
  const several = mapping.tables.length > 1;
  return mapping.tables.map((each, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a table is identified by its place
    <fieldset key={at} className={classes.sentence}>
      <legend>{partName(each, several)}</legend>
      {several && (
        <Checkbox
          size="xs"
          label="Part of the ladder"
          aria-label={`${partName(each, several)} is part of the ladder`}
          checked={!each.skip}
          onChange={(event) => onChange(taken(mapping, at, event.currentTarget.checked))}
        />
      )}
      {!each.skip && (
        <div className={classes.columns}>
          {each.columns.map((column, j) => (
            <Select
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is identified by its place
              key={j}
              size="xs"
              label={column.header || `Column ${j + 1}`}
              data={uses}
              allowDeselect={false}
              value={column.use}
              onChange={(next) => use(at, j, (next ?? 'skip') as Use)}
            />
          ))}
        </div>
      )}
    </fieldset>
  ));
}

function Levels({ mapping, onChange }: PartProps) {
  if (mapping.levels.length === 0) return null;
  const change = (at: number, part: Partial<Mapping['levels'][number]>) =>
    onChange({
      ...mapping,
      levels: mapping.levels.map((level, i) => (i === at ? { ...level, ...part } : level)),
    });
  return (
    <TableFrame label="Levels, scrollable">
      <table className={cx(table.table, table.list)} aria-label="Levels">
        <thead>
          <tr>
            <th scope="col">Header</th>
            <th scope="col">Title</th>
            <th scope="col">Track</th>
          </tr>
        </thead>
        <tbody>
          {mapping.levels.map(
            (level, i) =>
              isRead(mapping, level.code) && (
                <tr key={level.code}>
                  <th scope="row">
                    {level.header}{' '}
                    {level.code !== level.header && <span className={ui.muted}>{level.code}</span>}
                  </th>
                  <td>
                    <TextInput
                      size="xs"
                      aria-label={`Title of ${level.header}`}
                      value={level.title ?? ''}
                      onChange={(event) => change(i, { title: event.currentTarget.value })}
                    />
                  </td>
                  <td>
                    <Select
                      size="xs"
                      aria-label={`Track of ${level.header}`}
                      data={mapping.tracks.map(({ code, name }) => ({ value: code, label: name }))}
                      allowDeselect={false}
                      value={level.track}
                      onChange={(track) => change(i, { track: track ?? level.track })}
                    />
                  </td>
                </tr>
              ),
          )}
        </tbody>
      </table>
    </TableFrame>
  );
}
