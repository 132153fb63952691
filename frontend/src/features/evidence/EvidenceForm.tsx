import { Button, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { isProblem } from '../../api/problem';
import type { Evidence } from '../../api/types';
import { ReadBy } from '../../components/bar/ReadBy';
import { Field } from '../../components/input/Field';
import { WordsInput } from '../../components/input/WordsInput';
import { cx, ui } from '../../components/ui';
import { useOwnLadder } from '../ladder/useOwnLadder';
import classes from './evidence.module.css';
import { draftErrors, draftOf, type EvidenceDraft, emptyDraft, inputOf, roles } from './form';
import { useSaveEvidence } from './queries';

type Props = {
  piece?: Evidence | undefined;
  /** What is chosen at the start, such as the competency on the screen. */
  competencies?: string[];
  onDone: (saved: Evidence) => void;
  onCancel: () => void;
};

function today(): string {
  return new Intl.DateTimeFormat('sv-SE').format(new Date());
}

/** Takes half a minute: a title, a day, a line. */
export function EvidenceForm({ piece, competencies = [], onDone, onCancel }: Props) {
  const [draft, setDraft] = useState<EvidenceDraft>(() =>
    piece ? draftOf(piece) : emptyDraft(today(), competencies),
  );
  const [tried, setTried] = useState(false);
  const save = useSaveEvidence(piece);
  const errors = tried ? draftErrors(draft) : {};
  const set = (part: Partial<EvidenceDraft>) => setDraft({ ...draft, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(draftErrors(draft)).length > 0) return;
    save.mutate(inputOf(draft), { onSuccess: onDone });
  };
  return (
    <form
      className={classes.form}
      onSubmit={submit}
      noValidate
      aria-label={piece ? 'Change evidence' : 'Log evidence'}
    >
      <TextInput
        label="What you did"
        value={draft.title}
        error={errors.title}
        data-autofocus
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <Dates draft={draft} errors={errors} set={set} />
      <Select
        className={classes.gap}
        label="Your part (optional)"
        placeholder="Not said"
        clearable
        value={draft.role || null}
        onChange={(role) => set({ role: (role ?? '') as EvidenceDraft['role'] })}
        data={Object.entries(roles).map(([value, label]) => ({ value, label }))}
      />
      <Body piece={piece} draft={draft} set={set} />
      <TextInput
        className={classes.gap}
        label="Links (optional)"
        placeholder="https://"
        value={draft.link}
        error={errors.link}
        onChange={(event) => set({ link: event.currentTarget.value })}
      />
      <CompetencyPicker
        chosen={draft.competencies}
        onChange={(next) => set({ competencies: next })}
      />
      {save.error && <SaveError error={save.error} />}
      <div className={cx(ui.row, classes.gap)}>
        <Button type="submit" variant="filled" loading={save.isPending}>
          Save evidence
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function SaveError({ error }: { error: Error }) {
  return (
    <p role="alert" className={cx(ui.small, ui.bad)}>
      {isProblem(error, 'stale')
        ? 'Somebody has changed this piece in the meantime. Copy your text, then open it again.'
        : `Not saved: ${error.message}`}
    </p>
  );
}

function Body({ piece, draft, set }: Omit<DatesProps, 'errors'> & Pick<Props, 'piece'>) {
  return (
    <Field label="What it changed" audience={<ReadBy resource="evidence" id={piece?.id} />}>
      {(control) => (
        <WordsInput
          {...control}
          minRows={3}
          value={draft.body}
          onChange={(event) => set({ body: event.currentTarget.value })}
        />
      )}
    </Field>
  );
}

type DatesProps = {
  draft: EvidenceDraft;
  errors: ReturnType<typeof draftErrors>;
  set: (part: Partial<EvidenceDraft>) => void;
};

function Dates({ draft, errors, set }: DatesProps) {
  return (
    <div className={classes.dates}>
      <TextInput
        type="date"
        label="From"
        value={draft.from}
        error={errors.from}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="To (optional)"
        value={draft.to}
        error={errors.to}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
    </div>
  );
}

type PickerProps = { chosen: string[]; onChange: (codes: string[]) => void };

function CompetencyPicker({ chosen, onChange }: PickerProps) {
  const competencies = useOwnLadder()?.competencies ?? [];
  if (competencies.length === 0) return null;
  const toggle = (code: string) =>
    onChange(chosen.includes(code) ? chosen.filter((other) => other !== code) : [...chosen, code]);
  return (
    <fieldset className={classes.picker}>
      <legend>For which competency</legend>
      {competencies.map(({ code, name }) => (
        <label key={code} className={classes.pick}>
          <input type="checkbox" checked={chosen.includes(code)} onChange={() => toggle(code)} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
