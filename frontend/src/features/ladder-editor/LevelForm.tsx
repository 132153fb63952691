import { Checkbox, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { newUid } from './cells';
import classes from './editor.module.css';
import { type ErrorsOf, errorsAt } from './forms/errors';
import { FormDrawer } from './forms/FormDrawer';
import { noteLines, notesFrom, titleLines, titlesFrom } from './forms/lines';
import { Ticks } from './forms/Ticks';
import { emptyLevel, type Level, levelsOf, type Outline, putLevel } from './outline';
import type { OutlineSaver } from './useOutlineSaver';

type Props = {
  outline: Outline;
  saver: OutlineSaver;
  readOnly: boolean;
  track: number;
  at?: number | undefined;
  onClose: () => void;
};

type Shape = NonNullable<Level['shape']>;
const noShape: Shape = {
  codingShare: 50,
  reportsMin: 0,
  reportsMax: 0,
  writesReviews: false,
  yearsMin: null,
  yearsMax: null,
};

/** One level: its name, where it leads, and what the role typically looks like. */
export function LevelForm({ outline, saver, readOnly, track, at, onClose }: Props) {
  const before = at === undefined ? undefined : outline.tracks?.[track]?.levels[at];
  const [level, setLevel] = useState<Level>(before ?? emptyLevel);
  const change = (part: Partial<Level>) => setLevel({ ...level, ...part });
  const { modifiers = [] } = outline;
  const own = outline.tracks?.[track]?.levels ?? [];
  const others = codesOf(outline).filter((code) => code !== level.code);
  const wrong = errorsAt(saver.details, `/tracks/${track}/levels/${at ?? own.length}`);
  return (
    <FormDrawer
      title={before ? `Level ${before.code}` : 'A new level'}
      saver={saver}
      readOnly={readOnly}
      submit={before ? 'Save' : 'Add the level'}
      onSubmit={(close) => {
        const what = before ? `change ${level.code}` : `add ${level.code}`;
        saver.save(what, (now) => putLevel(now, track, level, at), close);
      }}
      onClose={onClose}
    >
      <div className={classes.pair}>
        <TextInput
          label="Code"
          description={
            before ? 'People and pay refer to it, so it cannot change.' : 'For example, IC5.'
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required={!before}
          maxLength={16}
          readOnly={before !== undefined}
          value={level.code}
          error={wrong('', 'code')}
          onChange={(event) => change({ code: event.currentTarget.value.trim() })}
        />
        <TextInput
          label="Title"
          value={level.title}
          error={wrong('title')}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
      </div>
      <div className={classes.pair}>
        <TextInput
          label="Short title"
          description="For narrow columns."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={level.shortTitle}
          error={wrong('shortTitle')}
          onChange={(event) => change({ shortTitle: event.currentTarget.value })}
        />
        <NumberInput
          label="Height"
          description="Levels of the same height are equal steps. Leave it empty to count from the bottom."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={1}
          max={1000}
          allowDecimal={false}
          value={level.ordinal || ''}
          error={wrong('ordinal')}
          onChange={(value) => change({ ordinal: Number(value) || 0 })}
        />
      </div>
      <Textarea
        label="In short"
        autosize
        minRows={2}
        value={level.summary}
        error={wrong('summary')}
        onChange={(event) => change({ summary: event.currentTarget.value })}
      />
      <Lines level={level} wrong={wrong} onChange={change} />
      <MultiSelect
        label="From here people go to"
        description="Up, sideways or back. Leave it empty for the next level up."
        data={others}
        value={level.next}
        error={wrong('next')}
        onChange={(next) => change({ next })}
      />
      <MultiSelect
        label="Same height on another track"
        description="It applies both ways."
        data={others.filter((code) => !own.some((each) => each.code === code))}
        value={level.equivalent}
        error={wrong('equivalent')}
        onChange={(equivalent) => change({ equivalent })}
      />
      <Select
        label="A step inside"
        description="The level that this one is a part of."
        clearable
        data={own.map(({ code }) => code).filter((code) => code !== level.code && code !== '')}
        value={level.sublevelOf || null}
        error={wrong('sublevelOf')}
        onChange={(code) => change({ sublevelOf: code ?? '' })}
      />
      {modifiers.length > 0 && (
        <Ticks
          label="Places inside it"
          choices={modifiers.map(({ key, label }) => ({ value: key, label }))}
          value={level.modifiers ?? []}
          error={wrong('modifiers')}
          onChange={(keys) => change({ modifiers: keys })}
        />
      )}
      <Months level={level} wrong={wrong} onChange={change} />
      <Premium level={level} wrong={wrong} onChange={change} />
      <Checkbox
        label="A career level: people may stay here for good"
        checked={level.career ?? false}
        onChange={(event) => change({ career: event.currentTarget.checked })}
      />
      <RoleShape level={level} onChange={setLevel} />
    </FormDrawer>
  );
}

const codesOf = (outline: Outline) => levelsOf(outline).map(({ code }) => code);

/** A number that may be missing. NumberInput gives '' when it is. */
const numberOr = (value: string | number) => (value === '' ? undefined : Number(value));

/** The object without undefined keys, as exact optional types need it. */
function clean<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}

type LinesProps = { level: Level; wrong: ErrorsOf; onChange: (part: Partial<Level>) => void };

/** What a level can have several of, one per line. */
function Lines({ level, wrong, onChange }: LinesProps) {
  const [titles, setTitles] = useState(() => titleLines(level.titles));
  const [notes, setNotes] = useState(() => noteLines(level.notes));
  const [written] = useState(level.notes ?? []);
  const uid = () => newUid({ competency: level.code || 'level', anchor: 'note' });
  return (
    <>
      <Textarea
        label="Also called"
        description="One title per line, with the discipline in brackets: Analyst (data)."
        autosize
        minRows={1}
        value={titles}
        error={wrong('titles')}
        onChange={(event) => {
          setTitles(event.currentTarget.value);
          onChange({ titles: titlesFrom(event.currentTarget.value) });
        }}
      />
      <Textarea
        label="Notes"
        description="What belongs to no competency, such as the track record. One note per line."
        autosize
        minRows={1}
        value={notes}
        error={wrong('notes')}
        onChange={(event) => {
          setNotes(event.currentTarget.value);
          onChange({ notes: notesFrom(event.currentTarget.value, written, uid) });
        }}
      />
    </>
  );
}

type MonthsProps = { level: Level; wrong: ErrorsOf; onChange: (level: Level) => void };

function Months({ level, wrong, onChange }: MonthsProps) {
  return (
    <div className={classes.pair}>
      <NumberInput
        label="Typical months, from"
        description="It never blocks a promotion."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        min={0}
        value={level.monthsMin ?? ''}
        error={wrong('monthsMin')}
        onChange={(value) => onChange(clean<Level>({ ...level, monthsMin: numberOr(value) }))}
      />
      <NumberInput
        label="to"
        min={0}
        value={level.monthsMax ?? ''}
        error={wrong('monthsMax')}
        onChange={(value) => onChange(clean<Level>({ ...level, monthsMax: numberOr(value) }))}
      />
    </div>
  );
}

function Premium({ level, wrong, onChange }: MonthsProps) {
  return (
    <div className={classes.pair}>
      <NumberInput
        label="Pay band above the level below, at least %"
        description="Midpoint over midpoint. Bands outside of it get a warning."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        min={0}
        value={level.premiumMin ?? ''}
        error={wrong('premiumMin')}
        onChange={(value) => onChange(clean<Level>({ ...level, premiumMin: numberOr(value) }))}
      />
      <NumberInput
        label="at most %"
        min={0}
        value={level.premiumMax ?? ''}
        error={wrong('premiumMax')}
        onChange={(value) => onChange(clean<Level>({ ...level, premiumMax: numberOr(value) }))}
      />
    </div>
  );
}

function RoleShape({ level, onChange }: { level: Level; onChange: (level: Level) => void }) {
  const { shape } = level;
  const change = (part: Partial<Shape>) =>
    onChange({ ...level, shape: { ...(shape ?? noShape), ...part } });
  return (
    <>
      <Checkbox
        label="Say what the role typically looks like"
        description="It describes and warns. It never blocks a promotion."
        checked={shape !== undefined}
        onChange={(event) =>
          event.currentTarget.checked
            ? change({})
            : onChange(clean<Level>({ ...level, shape: undefined }))
        }
      />
      {shape && (
        <>
          <div className={classes.pair}>
            <NumberInput
              label="Share of time coding"
              suffix=" %"
              min={0}
              max={100}
              value={shape.codingShare}
              onChange={(value) => change({ codingShare: Number(value) || 0 })}
            />
            <Checkbox
              className={classes.low}
              label="Writes performance reviews"
              checked={shape.writesReviews}
              onChange={(event) => change({ writesReviews: event.currentTarget.checked })}
            />
          </div>
          <div className={classes.pair}>
            <NumberInput
              label="Reports, from"
              min={0}
              value={shape.reportsMin}
              onChange={(value) => change({ reportsMin: Number(value) || 0 })}
            />
            <NumberInput
              label="to"
              min={0}
              value={shape.reportsMax}
              onChange={(value) => change({ reportsMax: Number(value) || 0 })}
            />
          </div>
          <div className={classes.pair}>
            <NumberInput
              label="Years of experience, from"
              min={0}
              value={shape.yearsMin ?? ''}
              onChange={(value) => change({ yearsMin: numberOr(value) ?? null })}
            />
            <NumberInput
              label="to"
              min={0}
              value={shape.yearsMax ?? ''}
              onChange={(value) => change({ yearsMax: numberOr(value) ?? null })}
            />
          </div>
        </>
      )}
    </>
  );
}
