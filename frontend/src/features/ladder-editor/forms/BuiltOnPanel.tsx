import { Autocomplete, Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLadders } from '../../../api/me';
import { cx, Panel, ui } from '../../../components/ui';
import classes from '../editor.module.css';
import { Order } from '../Order';
import { moved, type Outline } from '../outline';
import type { Draft } from '../queries';
import type { OutlineSaver } from '../useOutlineSaver';
import { type Below, type Place, placeOf, putPlace, rangesOf } from './builtOn';
import { errorsAt, sentence } from './errors';
import { type Choice, orGone } from './known';

const widths = [
  { value: 'company', label: 'The whole company' },
  { value: 'function', label: 'One function, such as engineering' },
  { value: 'craft', label: 'One craft, such as backend engineering' },
  { value: 'team', label: 'One team' },
];
const modes = [
  { value: 'append', label: 'Add to what it says there' },
  { value: 'replace', label: 'Replace what it says there' },
  { value: 'hide', label: 'Hide it' },
  { value: 'add', label: 'Refuse: it must be new here' },
];

type Props = { draft: Draft; outline: Outline; saver: OutlineSaver; readOnly: boolean };

/** How widely the ladder applies, and the wider ladders that it is built on. */
export function BuiltOnPanel({ draft, outline, saver, readOnly }: Props) {
  const before = placeOf(outline);
  const [place, setPlace] = useState<Place>(before);
  const same = JSON.stringify(place) === JSON.stringify(before);
  // Layers can be saved although they do not fit together. The draft then reports it.
  const kept = draft.findings.filter(({ level }) => level === 'error');
  const told = saver.error ? saver.details : same ? kept : [];
  const wrong = errorsAt(told, '');
  const together = told.filter(({ pointer }) => !pointer?.startsWith('/layers/'));
  const change = (part: Partial<Place>) => setPlace({ ...place, ...part });
  const { below } = place;
  return (
    <Panel title="Where it applies, and what it is built on">
      <form
        className={classes.padded}
        onSubmit={(event) => {
          event.preventDefault();
          saver.save('change what it is built on', (now) => putPlace(now, place));
        }}
      >
        <div className={classes.pair}>
          <Select
            label="It applies to"
            data={widths}
            disabled={readOnly}
            value={place.layer}
            error={wrong('layer')}
            onChange={(layer) => change({ layer: layer ?? 'craft' })}
          />
          <TextInput
            label="Discipline"
            description="For texts that apply to some disciplines only."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder="backend"
            readOnly={readOnly}
            value={place.discipline}
            error={wrong('discipline')}
            onChange={(event) => change({ discipline: event.currentTarget.value })}
          />
          <TextInput
            label="Team"
            readOnly={readOnly}
            value={place.team}
            error={wrong('team')}
            onChange={(event) => change({ team: event.currentTarget.value })}
          />
        </div>
        <fieldset className={classes.plain} disabled={readOnly}>
          <legend className={classes.legend}>Built on, the widest first</legend>
          {below.length === 0 && (
            <p className={ui.second}>
              It is built on nothing, so it says everything itself. A ladder that is built on a
              wider one takes what that one says and states only the differences.
            </p>
          )}
          {!saver.error && together.length > 0 && (
            <ul className={cx(classes.why, ui.bad)} aria-label="What does not fit together">
              {together.map((each) => (
                <li key={`${each.pointer}:${each.message}`}>{sentence(each)}</li>
              ))}
            </ul>
          )}
          {below.map((each, at) => (
            <BelowFields
              // biome-ignore lint/suspicious/noArrayIndexKey: two rows may name the same ladder during editing
              key={at}
              own={draft.slug}
              below={each}
              place={at}
              last={at === below.length - 1}
              readOnly={readOnly}
              error={wrong(`layers/${at}`)}
              onChange={(next) => change({ below: below.with(at, next) })}
              onMove={(by) => change({ below: moved(below, at, by) })}
              onDrop={() => change({ below: below.toSpliced(at, 1) })}
            />
          ))}
        </fieldset>
        {!readOnly && (
          <div className={classes.feet}>
            <Button
              size="xs"
              onClick={() => change({ below: [...below, { slug: '', range: '', mode: '' }] })}
            >
              Build on a ladder
            </Button>
            {!same && (
              <div className={classes.foot}>
                <Button onClick={() => setPlace(before)}>Back</Button>
                <Button type="submit" variant="filled" loading={saver.pending}>
                  Save
                </Button>
              </div>
            )}
          </div>
        )}
      </form>
    </Panel>
  );
}

type BelowProps = {
  own: string;
  below: Below;
  place: number;
  last: boolean;
  readOnly: boolean;
  error: string | undefined;
  onChange: (below: Below) => void;
  onMove: (by: -1 | 1) => void;
  onDrop: () => void;
};

/** One ladder below: which one, in which versions, and what happens to a competency that both have. */
function BelowFields(props: BelowProps) {
  const { own, below, place, last, readOnly, error, onChange, onMove, onDrop } = props;
  const ladders = useLadders();
  const name = `Ladder ${place + 1}`;
  const choices: Choice[] = ladders
    .filter(({ slug }) => slug !== own)
    .map(({ slug, name: label }) => ({ value: slug, label }));
  const version = ladders.find(({ slug }) => slug === below.slug)?.version;
  return (
    <div className={classes.below}>
      <Select
        label={name}
        placeholder="Choose a ladder"
        required
        searchable
        data={orGone(choices, below.slug)}
        value={below.slug || null}
        error={error}
        onChange={(slug) => onChange({ ...below, slug: slug ?? '' })}
      />
      <Autocomplete
        label="Versions"
        aria-label={`${name}: versions`}
        placeholder="The newest"
        description={
          version && `The current version is ${version}. With ^, the first number stays.`
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={rangesOf(version)}
        value={below.range}
        onChange={(range) => onChange({ ...below, range })}
      />
      <Select
        label="When both have a competency"
        aria-label={`${name}: when both have a competency`}
        data={modes}
        value={below.mode || 'append'}
        onChange={(mode) => onChange({ ...below, mode: mode === 'append' ? '' : (mode ?? '') })}
      />
      {!readOnly && (
        <Order
          name={choices.find(({ value }) => value === below.slug)?.label ?? name}
          first={place === 0}
          last={last}
          onMove={onMove}
          onDrop={onDrop}
        />
      )}
    </div>
  );
}
