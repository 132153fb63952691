import { Button, SegmentedControl } from '@mantine/core';
import { useRef, useState } from 'react';
import { isProblem } from '../../api/problem';
import type { Ballot, Case, Confidence, Vote } from '../../api/types';
import { DraftOffer } from '../../components/autosave/DraftOffer';
import { MergeView } from '../../components/autosave/MergeView';
import type { Autosave } from '../../components/autosave/useAutosave';
import { RatingRow } from '../../components/input/RatingRow';
import { VoteInput, voteWord } from '../../components/input/VoteInput';
import { WordsInput } from '../../components/input/WordsInput';
import { ratingWord } from '../../components/Meter';
import { cx, Kbd, ui } from '../../components/ui';
import { useKeys } from '../../components/useKeys';
import { type BallotInput, ballotLeft, needsReason, reasonsMissing } from './missing';
import classes from './panel.module.css';
import { useSealBallot } from './queries';
import { Recusal } from './Recusal';

type Props = {
  promotion: Case;
  ballot: Ballot;
  autosave: Autosave<BallotInput>;
  focus: string | null;
  onFocus: (competency: string) => void;
};

/** Marks, vote, confidence and reasons, in this order, given alone until the vote closes. */
export function BallotForm(props: Props) {
  const { promotion, autosave } = props;
  const { value, change, theirs, resolve } = autosave;
  const vote = (next: Vote) => change({ ...value, vote: next });
  useKeys({ a: () => vote('approve'), y: () => vote('not_yet'), d: () => vote('decline') });
  return (
    <>
      <DraftOffer autosave={autosave} />
      {theirs && (
        <MergeView
          about="Your ballot"
          mine={{ text: value.reason, facts: voteWord(value.vote) }}
          theirs={{ text: theirs.value.reason, facts: voteWord(theirs.value.vote) }}
          onSave={({ side, text }) =>
            resolve({ ...(side === 'mine' ? value : theirs.value), reason: text })
          }
        />
      )}
      <Marks {...props} />
      <div className={classes.step}>
        <h3>2. Your vote</h3>
      </div>
      <VoteInput value={value.vote} onChange={vote} />
      <div className={cx(ui.row, classes.sure)}>
        <span className={cx(ui.grow, ui.small, ui.second)}>How sure are you?</span>
        <SegmentedControl
          aria-label="How sure are you?"
          data={[
            { value: 'low', label: 'Low' },
            { value: 'medium', label: 'Medium' },
            { value: 'high', label: 'High' },
          ]}
          value={value.confidence ?? ''}
          onChange={(next) => change({ ...value, confidence: next as Confidence })}
        />
      </div>
      <Reasons promotion={promotion} autosave={autosave} />
      <Seal {...props} />
    </>
  );
}

function Marks({ promotion, autosave, focus, onFocus }: Props) {
  const { value, change } = autosave;
  const list = useRef<HTMLDivElement>(null);
  const rows = promotion.coverage;
  const goTo = (index: number) => {
    const row = list.current?.children[Math.min(index, rows.length - 1)];
    row?.querySelector<HTMLElement>('[role="radio"][tabindex="0"]')?.focus();
  };
  const mark = (competency: string, rating: number) =>
    change({ ...value, marks: { ...value.marks, [competency]: rating } });
  return (
    <>
      <div className={cx(ui.row, classes.step)}>
        <h3 className={ui.grow}>1. Each competency</h3>
        <span className={cx(ui.tiny, ui.muted, ui.wideOnly)}>Digits rate and move down</span>
      </div>
      <div className={classes.marks} ref={list}>
        {rows.map(({ competency, name, scale }, index) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: it follows the focus of the control inside
          <div
            key={competency}
            className={classes.mark}
            data-current={competency === focus || undefined}
            onFocus={() => onFocus(competency)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown') goTo(index + 1);
              if (event.key === 'ArrowUp') goTo(Math.max(0, index - 1));
            }}
          >
            <span className={cx(ui.grow, ui.cut)}>{name}</span>
            <span className={cx(ui.tiny, ui.second)}>
              {value.marks[competency] != null &&
                ratingWord(value.marks[competency] ?? null, scale)}
            </span>
            <RatingRow
              label={name}
              value={value.marks[competency] ?? null}
              scale={scale}
              onChange={(rating) => mark(competency, rating)}
              onDigit={() => goTo(index + 1)}
            />
          </div>
        ))}
      </div>
    </>
  );
}

function Reasons({ promotion, autosave }: Pick<Props, 'promotion' | 'autosave'>) {
  const { value, change, flush } = autosave;
  const lacking = reasonsMissing(value, promotion.coverage);
  const asked = promotion.coverage.filter(({ competency, needs }) =>
    needsReason(value.marks[competency], needs),
  );
  return (
    <>
      <div className={cx(ui.row, classes.step)}>
        <h3 className={ui.grow}>3. Reasons</h3>
        {lacking.length > 0 && (
          <span className={cx(ui.tiny, ui.turn)}>
            {lacking.length} missing: {lacking.join(', ')}
          </span>
        )}
      </div>
      <WordsInput
        aria-label="Reasons for your vote"
        minRows={2}
        value={value.reason}
        onChange={(event) => change({ ...value, reason: event.currentTarget.value })}
        onBlur={flush}
      />
      {asked.map(({ competency, name, scale }) => (
        <WordsInput
          key={competency}
          className={classes.reason}
          label={`Why ${ratingWord(value.marks[competency] ?? null, scale).toLowerCase()}, ${name}`}
          minRows={1}
          value={value.reasons[competency] ?? ''}
          onChange={(event) =>
            change({
              ...value,
              reasons: { ...value.reasons, [competency]: event.currentTarget.value },
            })
          }
          onBlur={flush}
        />
      ))}
    </>
  );
}

function sealLabel({ state, changedSinceSeal }: Ballot): string {
  return state === 'sealed' && changedSinceSeal ? 'Seal again' : 'Seal ballot';
}

function Seal({ promotion, ballot, autosave }: Props) {
  const seal = useSealBallot(promotion.id, ballot.version);
  const [told, setTold] = useState(false);
  const left = ballotLeft(autosave.value, promotion.coverage) || ballot.missing.join(', ');
  const sealed = ballot.state === 'sealed' && !ballot.changedSinceSeal;
  const unsaved = autosave.status.kind !== 'saved' && autosave.status.kind !== 'idle';
  const send = () => {
    setTold(true);
    if (left || unsaved) autosave.flush();
    else seal.mutate();
  };
  useKeys({ 'mod+Enter': send });
  return (
    <>
      <div className={cx(ui.row, classes.foot)}>
        <Recusal caseId={promotion.id} />
        <span className={ui.grow} />
        {!sealed && (
          <Button
            variant={left ? 'default' : 'filled'}
            aria-disabled={left !== ''}
            loading={seal.isPending}
            rightSection={<Kbd>Ctrl ↵</Kbd>}
            onClick={send}
          >
            {sealLabel(ballot)}
          </Button>
        )}
      </div>
      <p className={cx(ui.tiny, ui.right, told && left ? ui.turn : ui.muted)} role="status">
        {left ? `${left}. ` : ''}You can change it until the vote closes.
      </p>
      {seal.error && (
        <p role="alert" className={cx(ui.small, ui.bad)}>
          {isProblem(seal.error) && seal.error.errors.length > 0
            ? seal.error.errors.map((error) => error.message).join('. ')
            : seal.error.message}
        </p>
      )}
    </>
  );
}
