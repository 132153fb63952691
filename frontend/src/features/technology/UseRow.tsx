import { Checkbox, TextInput, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { DraftOffer } from '../../components/autosave/DraftOffer';
import { MergeView } from '../../components/autosave/MergeView';
import type { Autosave } from '../../components/autosave/useAutosave';
import { RatingRow } from '../../components/input/RatingRow';
import { WordsInput } from '../../components/input/WordsInput';
import { cx, ui } from '../../components/ui';
import { atDepth, depthScale, lastUsedWords, type Row, ratingOf, type Value } from './profile';
import { useRow } from './queries';
import classes from './technology.module.css';

type Said = NonNullable<Value>;
type Props = { person: string; row: Row; onDigit: (name: string) => void };

/** One technology: its depth, when it was last used, and what speaks for and against it. */
export function UseRow({ person, row, onDigit }: Props) {
  const autosave = useRow(person, row);
  const [open, setOpen] = useState(false);
  const [takenOut, setTakenOut] = useState<Value>(null);
  const { value, change, flush } = autosave;
  const saveNow = (next: Value) => {
    setTakenOut(next ? null : value);
    change(next);
    flush();
  };
  return (
    <li className={classes.row} data-technology={row.name}>
      <span className={cx(classes.name, value ? ui.medium : ui.second)}>{row.name}</span>
      <RatingRow
        label={`${row.name}, depth`}
        value={ratingOf(value)}
        scale={depthScale}
        onChange={(rating) => saveNow(atDepth(value, rating))}
        onDigit={() => onDigit(row.name)}
      />
      {value && <Summary name={row.name} value={value} open={open} onOpen={() => setOpen(!open)} />}
      {takenOut && (
        <span className={cx(classes.depth, ui.second)} role="status">
          Removed{' '}
          <button type="button" className={ui.link} onClick={() => saveNow(takenOut)}>
            Undo
          </button>
        </span>
      )}
      {value && open && <Details name={row.name} autosave={autosave} value={value} />}
    </li>
  );
}

type SummaryProps = { name: string; value: Said; open: boolean; onOpen: () => void };

function Summary({ name, value, open, onOpen }: SummaryProps) {
  return (
    <>
      <span className={classes.depth}>{depthScale[ratingOf(value) ?? 0]?.label}</span>
      <span className={cx(classes.last, ui.second)}>{lastUsedWords(value.lastUsed)}</span>
      <button type="button" className={classes.stance} aria-expanded={open} onClick={onOpen}>
        <VisuallyHidden component="span">
          Stance on {name} and when you last used it:{' '}
        </VisuallyHidden>
        <span className={cx(ui.cut, value.stance ? ui.second : ui.link)}>
          {value.stance || 'Add your stance'}
        </span>
      </button>
    </>
  );
}

type DetailsProps = { name: string; autosave: Autosave<Value>; value: Said };

function Details({ name, autosave, value }: DetailsProps) {
  const { change, flush, theirs, resolve } = autosave;
  const set = (part: Partial<Said>) => change({ ...value, ...part });
  return (
    <div className={classes.details}>
      <DraftOffer autosave={autosave} />
      {theirs && (
        <MergeView
          about={`${name}, your stance`}
          mine={{ text: value.stance }}
          theirs={{ text: theirs.value?.stance ?? '' }}
          onSave={({ side, text }) =>
            resolve({ ...value, ...(side === 'theirs' && theirs.value), stance: text })
          }
        />
      )}
      <LastUsed value={value} set={set} />
      <WordsInput
        label={`Your stance on ${name}`}
        description="When do you choose it, when not, and what would you use instead?"
        minRows={3}
        maxLength={4000}
        value={value.stance}
        onChange={(event) => set({ stance: event.currentTarget.value })}
        onBlur={flush}
      />
    </div>
  );
}

function thisMonth(): string {
  return new Intl.DateTimeFormat('sv-SE').format(new Date()).slice(0, 7);
}

function LastUsed({ value, set }: { value: Said; set: (part: Partial<Said>) => void }) {
  return (
    <div className={classes.used}>
      <Checkbox
        label="I use it today"
        checked={value.lastUsed === null}
        onChange={(event) => set({ lastUsed: event.currentTarget.checked ? null : thisMonth() })}
      />
      {value.lastUsed !== null && (
        <TextInput
          type="month"
          label="Last used"
          placeholder="2024-03"
          max={thisMonth()}
          value={value.lastUsed}
          onChange={(event) => set({ lastUsed: event.currentTarget.value || thisMonth() })}
        />
      )}
    </div>
  );
}
