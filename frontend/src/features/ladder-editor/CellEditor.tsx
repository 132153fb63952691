import { ActionIcon, Button, Drawer, SegmentedControl, Select, Textarea } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { AutosaveStatus } from '../../components/autosave/AutosaveStatus';
import { useAutosave } from '../../components/autosave/useAutosave';
import { cx, ui } from '../../components/ui';
import { Comments } from './Comments';
import {
  cellOf,
  cellWords,
  inheritedBy,
  type Marks,
  newUid,
  replaced,
  shifted,
  tidy,
  variantsOf,
} from './cells';
import classes from './editor.module.css';
import { useFocusBack } from './forms/useFocusBack';
import { useRecorded } from './history';
import { type Anchor, type CellEdit, type Criterion, type Draft, saveCell } from './queries';

const kinds = [
  { value: 'criterion', label: 'Criterion' },
  { value: 'signal', label: 'Signal' },
  { value: 'example', label: 'Example' },
  { value: 'anti-example', label: 'Not yet' },
  { value: 'note', label: 'Note' },
];
const weights = [
  { value: 'core', label: 'Core' },
  { value: 'growth', label: 'Growth' },
  { value: 'exceeds', label: 'Exceeds' },
  { value: 'optional', label: 'Optional' },
];

type Props = { draft: Draft; at: Anchor; marks: Marks; onClose: () => void };

/** One cell with its findings and comments, for everybody or for one archetype. */
export function CellEditor({ draft, at, marks, onClose }: Props) {
  useFocusBack();
  const [archetype, setArchetype] = useState('');
  const variants = variantsOf(draft, at);
  const competency = draft.rubric?.competencies.find(({ code }) => code === at.competency);
  const title = `${competency?.name ?? at.competency}, ${at.anchor}`;
  const variant = variants.find(({ code }) => code === archetype);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.form}>
        {variants.length > 0 && (
          <SegmentedControl
            aria-label="For whom"
            data={[
              { value: '', label: 'Everybody' },
              ...variants.map(({ code, name, says }) => ({
                value: code,
                label: says || draft.canEdit ? name : `${name}, nothing added`,
              })),
            ]}
            value={archetype}
            onChange={setArchetype}
          />
        )}
        <Inherited draft={draft} at={at} />
        <CellTexts
          key={archetype}
          draft={draft}
          at={variant ? { ...at, archetype } : at}
          name={variant ? `${title}, ${variant.name}` : title}
        />
        {marks.findings.length > 0 && (
          <ul className={classes.why} aria-label="What to fix">
            {marks.findings.map(({ pointer, message, fix }) => (
              <li key={`${pointer}:${message}`} className={cx(ui.small, ui.second)}>
                {message}. {fix}.
              </li>
            ))}
          </ul>
        )}
        <Comments draft={draft} comments={marks.comments} at={at} />
      </div>
    </Drawer>
  );
}

/** What applies here but is written elsewhere, shown so that nobody writes it again. */
function Inherited({ draft, at }: { draft: Draft; at: Anchor }) {
  const texts = inheritedBy(draft, at);
  if (texts.length === 0) return null;
  return (
    <section aria-label="Written elsewhere" className={cx(ui.small, ui.second)}>
      <p>Written for several levels at once, or in a wider ladder:</p>
      <ul className={classes.why}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

type TextsProps = { draft: Draft; at: Anchor; name: string };

/** What the draft says in the cell, saved as it is typed. */
function CellTexts({ draft, at, name }: TextsProps) {
  const recorded = useRecorded(draft);
  const read = (next: Draft) => ({ value: cellOf(next, at), version: next.version });
  const cell = useAutosave<CellEdit>({
    draftKey: ['draft', draft.id, at.competency, at.anchor, at.archetype].filter(Boolean).join(':'),
    saved: read(draft),
    text: cellWords,
    save: async (value, version) => {
      const next = await saveCell(draft.id, at, tidy(value), version);
      recorded(name, next);
      return read(next);
    },
    current: (current) => read(current as Draft),
  });
  const { criteria } = cell.value;
  const change = (part: Partial<CellEdit>) => cell.change({ ...cell.value, ...part });
  return (
    <>
      {draft.canEdit && (
        <div className={classes.status}>
          <AutosaveStatus />
        </div>
      )}
      <Textarea
        label="In prose"
        description="Optional. Markdown without HTML."
        autosize
        minRows={2}
        readOnly={!draft.canEdit}
        value={cell.value.narrative ?? ''}
        onChange={(event) => change({ narrative: event.currentTarget.value })}
        onBlur={cell.flush}
      />
      {criteria.map((criterion, i) => (
        <Sentence
          key={criterion.uid}
          place={i}
          criterion={criterion}
          readOnly={!draft.canEdit}
          onChange={(part) => change({ criteria: replaced(criteria, i, part) })}
          onMove={(by) => change({ criteria: shifted(criteria, i, by) })}
          onDrop={() => change({ criteria: criteria.filter((_, at) => at !== i) })}
          onBlur={cell.flush}
        />
      ))}
      {draft.canEdit && (
        <Button onClick={() => change({ criteria: [...criteria, { uid: newUid(at), text: '' }] })}>
          Add a sentence
        </Button>
      )}
    </>
  );
}

type SentenceProps = {
  place: number;
  criterion: Criterion;
  readOnly: boolean;
  onChange: (part: Partial<Criterion>) => void;
  onMove: (by: -1 | 1) => void;
  onDrop: () => void;
  onBlur: () => void;
};

function Sentence({ place, criterion, readOnly, onChange, onMove, onDrop, onBlur }: SentenceProps) {
  const name = `Sentence ${place + 1}`;
  return (
    <fieldset className={classes.sentence} aria-label={name} disabled={readOnly}>
      <Textarea
        aria-label={`${name}, text`}
        placeholder="What a colleague can see this person do"
        autosize
        minRows={2}
        value={criterion.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
        onBlur={onBlur}
      />
      <div className={ui.row}>
        <Select
          size="xs"
          aria-label={`${name}, kind`}
          data={kinds}
          allowDeselect={false}
          value={criterion.kind ?? 'criterion'}
          onChange={(kind) => onChange({ kind: kind ?? 'criterion' })}
        />
        <Select
          size="xs"
          aria-label={`${name}, weight`}
          data={weights}
          allowDeselect={false}
          value={criterion.weight ?? 'core'}
          onChange={(weight) => onChange({ weight: weight ?? 'core' })}
        />
        <ActionIcon variant="subtle" aria-label={`${name} up`} onClick={() => onMove(-1)}>
          <IconArrowUp size={16} stroke={1.5} />
        </ActionIcon>
        <ActionIcon variant="subtle" aria-label={`${name} down`} onClick={() => onMove(1)}>
          <IconArrowDown size={16} stroke={1.5} />
        </ActionIcon>
        <ActionIcon variant="subtle" aria-label={`Remove ${name.toLowerCase()}`} onClick={onDrop}>
          <IconTrash size={16} stroke={1.5} />
        </ActionIcon>
      </div>
    </fieldset>
  );
}
