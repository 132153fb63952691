import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isProblem } from '../../api/problem';
import type { Case, CriterionOutcome, DecisionInput, Tally } from '../../api/types';
import { ReadBy } from '../../components/bar/ReadBy';
import { Field } from '../../components/input/Field';
import { WordsInput } from '../../components/input/WordsInput';
import { cx, Panel, ui } from '../../components/ui';
import classes from './panel.module.css';
import { useDecide } from './queries';

function met(marks: number[]): boolean {
  const [none = 0, partly = 0, full = 0, more = 0] = marks;
  return full + more > none + partly;
}

/** The outcome by competency, as the majority of the marks suggests, for the chair to check. */
export function proposed(tally: Tally): CriterionOutcome[] {
  return tally.criteria.map(({ competency, marks }) => ({
    competency,
    outcome: met(marks) ? 'met' : 'not_yet',
    reason: '',
  }));
}

function left({ criteria, reasons }: DecisionInput): string {
  const bare = criteria.filter(
    (each) => each.outcome === 'not_yet' && each.reason.trim() === '',
  ).length;
  const parts = [
    reasons.trim() === '' && 'the reasons',
    bare > 0 && `${bare} ${bare === 1 ? 'reason' : 'reasons'} for “not yet”`,
  ].filter(Boolean);
  return parts.length > 0 ? `Still missing: ${parts.join(' and ')}` : '';
}

/** A date is left out when none is chosen. */
function sendable({ effectiveOn, ...decision }: DecisionInput): DecisionInput {
  return effectiveOn ? { ...decision, effectiveOn } : decision;
}

type Props = { promotion: Case; tally: Tally };

/** The chair writes and signs what the candidate will read. */
export function SignDecision({ promotion, tally }: Props) {
  const [decision, setDecision] = useState<DecisionInput>(() => ({
    criteria: proposed(tally),
    reasons: '',
  }));
  const change = (next: CriterionOutcome) =>
    setDecision({
      ...decision,
      criteria: decision.criteria.map((each) =>
        each.competency === next.competency ? next : each,
      ),
    });
  return (
    <Panel title="Sign the decision" aside={<ReadBy resource="decision" id={promotion.id} />}>
      <div className={classes.sign}>
        {decision.criteria.map((criterion) => (
          <Criterion
            key={criterion.competency}
            name={
              tally.criteria.find((each) => each.competency === criterion.competency)?.name ?? ''
            }
            criterion={criterion}
            onChange={change}
          />
        ))}
        <Field
          label="Reasons"
          about={promotion.person.name}
          help="Be concrete: say what was shown, what was missing, and what would show it."
        >
          {(control) => (
            <WordsInput
              {...control}
              value={decision.reasons}
              onChange={(event) => setDecision({ ...decision, reasons: event.currentTarget.value })}
            />
          )}
        </Field>
        <TextInput
          type="date"
          label="In effect from (if approved)"
          value={decision.effectiveOn ?? ''}
          onChange={(event) => setDecision({ ...decision, effectiveOn: event.currentTarget.value })}
        />
        <Sign id={promotion.id} decision={decision} />
      </div>
    </Panel>
  );
}

function Sign({ id, decision }: { id: string; decision: DecisionInput }) {
  const decide = useDecide(id);
  const lacking = left(decision);
  return (
    <div className={ui.row}>
      <span className={cx(ui.grow, ui.small, decide.error ? ui.bad : ui.second)} role="status">
        {decide.error ? errorWords(decide.error) : lacking}
      </span>
      <Button
        variant="filled"
        aria-disabled={lacking !== ''}
        loading={decide.isPending}
        onClick={() => lacking === '' && decide.mutate(sendable(decision))}
      >
        Sign the decision
      </Button>
    </div>
  );
}

function errorWords(error: Error): string {
  const parts = isProblem(error) ? error.errors.map((each) => each.message) : [];
  return parts.length > 0 ? parts.join('. ') : error.message;
}

type CriterionProps = {
  name: string;
  criterion: CriterionOutcome;
  onChange: (criterion: CriterionOutcome) => void;
};

function Criterion({ name, criterion, onChange }: CriterionProps) {
  return (
    <div className={classes.criterion}>
      <div className={ui.row}>
        <span className={cx(ui.grow, ui.medium)}>{name}</span>
        <SegmentedControl
          aria-label={name}
          data={[
            { value: 'met', label: 'Met' },
            { value: 'not_yet', label: 'Not yet' },
          ]}
          value={criterion.outcome}
          onChange={(outcome) => onChange({ ...criterion, outcome })}
        />
      </div>
      {criterion.outcome === 'not_yet' && (
        <WordsInput
          minRows={1}
          label={`Why not yet, ${name}`}
          value={criterion.reason}
          onChange={(event) => onChange({ ...criterion, reason: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
