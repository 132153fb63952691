import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { cx, ui } from '../../components/ui';
import classes from './editor.module.css';
import { errorsAt } from './forms/errors';
import { FormDrawer } from './forms/FormDrawer';
import type { Known } from './forms/known';
import { codeOf, type Expectation, type Heading, type Outline, putCompetency } from './outline';
import type { OutlineSaver } from './useOutlineSaver';

type Props = {
  outline: Outline;
  known: Known;
  saver: OutlineSaver;
  readOnly: boolean;
  at?: number | undefined;
  onClose: () => void;
};

const kinds = [
  { value: 'core', label: 'Core: everybody shares it' },
  { value: 'craft', label: 'Craft: for one discipline' },
  { value: 'value', label: 'Value: how the company works' },
];
const merges = [
  { value: 'append', label: 'Add to what it says there' },
  { value: 'replace', label: 'Replace what it says there' },
  { value: 'hide', label: 'Hide it' },
  { value: 'add', label: 'It is new here' },
];

/** One competency: its name, how it is rated, and what each level expects. */
export function CompetencyForm({ outline, known, saver, readOnly, at, onClose }: Props) {
  const before = at === undefined ? undefined : outline.competencies[at];
  const [heading, setHeading] = useState<Heading>(before ?? { code: '' });
  const [expected, setExpected] = useState<Expectation[]>(
    (outline.expectations ?? []).filter(({ competency }) => competency === before?.code),
  );
  const change = (part: Partial<Heading>) => setHeading({ ...heading, ...part });
  const scales = Object.keys(outline.scales ?? {});
  const wrong = errorsAt(saver.details, `/competencies/${at ?? outline.competencies.length}`);
  const text = (key: 'name' | 'short' | 'description' | 'appliesTo') => ({
    value: heading[key] ?? '',
    error: wrong(key),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      change({ [key]: currentTarget.value }),
  });
  return (
    <FormDrawer
      title={before ? before.name || before.code : 'A new competency'}
      saver={saver}
      readOnly={readOnly}
      submit={before ? 'Save' : 'Add the competency'}
      onSubmit={(close) => {
        const put = { ...heading, code: heading.code || codeOf(heading.name ?? '') };
        const named = expected.map((one) => ({ ...one, competency: put.code }));
        const what = `${before ? 'change' : 'add'} ${put.name || put.code}`;
        saver.save(what, (now) => putCompetency(now, put, named, at), close);
      }}
      onClose={onClose}
    >
      <div className={classes.pair}>
        <TextInput label="Name" required={!before} {...text('name')} />
        <TextInput
          label="Code"
          description={
            before ? 'Evidence refers to it, so it cannot change.' : 'It is made from the name.'
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          readOnly={before !== undefined}
          placeholder={codeOf(heading.name ?? '')}
          value={heading.code}
          error={wrong('', 'code')}
          onChange={(event) => change({ code: event.currentTarget.value.trim() })}
        />
      </div>
      <Textarea label="What it is" autosize minRows={2} {...text('description')} />
      <div className={classes.pair}>
        <Select
          label="Category"
          clearable
          data={(outline.categories ?? []).map(({ code, name }) => ({
            value: code,
            label: name || code,
          }))}
          value={heading.category || null}
          error={wrong('category')}
          onChange={(category) => change({ category: category ?? '' })}
        />
        <Select
          label="Kind"
          data={kinds}
          allowDeselect={false}
          value={heading.kind || 'core'}
          onChange={(kind) => change({ kind: kind ?? 'core' })}
        />
      </div>
      <div className={classes.pair}>
        <TextInput
          label="Short name"
          description="For narrow columns."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...text('short')}
        />
        {scales.length > 0 && (
          <Select
            label="Scale"
            description="People are rated on it."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            clearable
            placeholder="The scale of the ladder"
            data={scales}
            value={heading.scale || null}
            error={wrong('scale')}
            onChange={(scale) => change({ scale: scale ?? '' })}
          />
        )}
      </div>
      <TextInput
        label="Applies to"
        description="Leave it empty for all levels. Example: track in (IC) and level >= IC5"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...text('appliesTo')}
      />
      {(outline.layers ?? []).length > 0 && (
        <Select
          label="When a wider ladder has it too"
          data={merges}
          clearable
          placeholder="The default of this ladder"
          value={heading.merge || null}
          error={wrong('merge')}
          onChange={(merge) => change({ merge: merge ?? '' })}
        />
      )}
      <Checkbox
        label="What lower levels ask for is still expected"
        checked={heading.cumulative ?? false}
        onChange={(event) => change({ cumulative: event.currentTarget.checked })}
      />
      <Expected known={known} heading={heading} value={expected} onChange={setExpected} />
    </FormDrawer>
  );
}

const modes = [
  { value: 'required', label: 'Required' },
  { value: 'typical', label: 'Typical' },
  { value: 'nice', label: 'Nice to have' },
];

type ExpectedProps = {
  known: Known;
  heading: Heading;
  value: Expectation[];
  onChange: (value: Expectation[]) => void;
};

/** The point of the scale that each level expects. Empty means the point that the scale itself sets. */
function Expected({ known, heading, value, onChange }: ExpectedProps) {
  const { levels } = known;
  const scale = known.pointsOf(heading.scale);
  const put = (level: string, part: Partial<Expectation> | undefined) => {
    const others = value.filter((each) => each.level !== level);
    const now = value.find((each) => each.level === level);
    onChange(
      part ? [...others, { competency: heading.code, min: '', ...now, ...part, level }] : others,
    );
  };
  return (
    <fieldset className={classes.plain}>
      <legend className={classes.legend}>Expected at each level</legend>
      <p className={cx(ui.small, ui.second)}>
        Where nothing is chosen, a level is met from the point that the scale itself sets.
      </p>
      {levels.map(({ code, title }) => {
        const one = value.find(({ level }) => level === code);
        return (
          <div key={code} className={classes.expected}>
            <span className={ui.cut}>
              <b>{code}</b> {title}
            </span>
            <Select
              size="xs"
              aria-label={`Expected at ${code}`}
              clearable
              placeholder="Not set"
              data={scale.map(({ key, label }) => ({ value: key, label: label || key }))}
              value={one?.min ?? null}
              onChange={(min) => put(code, min === null ? undefined : { min })}
            />
            <Select
              size="xs"
              aria-label={`How strictly at ${code}`}
              disabled={!one}
              data={modes}
              allowDeselect={false}
              value={one ? one.mode || 'required' : null}
              onChange={(mode) => put(code, { mode: mode ?? 'required' })}
            />
          </div>
        );
      })}
    </fieldset>
  );
}
