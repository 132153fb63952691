import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { isProblem } from '../../api/problem';
import { dayWords } from '../../components/format';
import { Chip, cx, Panel, ui } from '../../components/ui';
import { ruleNames } from './start';
import classes from './start.module.css';
import { type CaseStart, type RuleView, useWaivers } from './startQueries';

/** The company's rules about when a case may start, as they apply to one person. */
export function Waits({ start }: { start: CaseStart }) {
  return (
    <Panel title="What a case waits for">
      <ul className={classes.rules} aria-label="Rules">
        {start.rules.map((rule) => (
          <Rule key={rule.rule} start={start} rule={rule} />
        ))}
      </ul>
    </Panel>
  );
}

type Props = { start: CaseStart; rule: RuleView };

function Rule({ start, rule }: Props) {
  const { until, waiver, words } = rule;
  return (
    <li>
      <div className={cx(ui.row, ui.wrap)}>
        <span className={cx(ui.medium, ui.grow)}>{ruleNames[rule.rule]}</span>
        <State rule={rule} />
      </div>
      <p className={ui.second}>{words}</p>
      {waiver && (
        <p className={ui.second}>
          {waiver.by.name} waived it on {dayWords(waiver.on)} for the next case: {waiver.reason}
        </p>
      )}
      {until && start.mayWaive && <Waiving start={start} rule={rule} />}
      {until && !waiver && !start.mayWaive && (
        <p className={cx(ui.small, ui.muted)}>An HR partner can waive it and say why.</p>
      )}
    </li>
  );
}

function State({ rule: { until, waiver } }: { rule: RuleView }) {
  if (until && waiver) return <Chip tone="ok">Waived</Chip>;
  if (until) return <Chip tone="turn">Until {dayWords(until)}</Chip>;
  return <Chip>Nothing to wait for</Chip>;
}

function Waiving({ start, rule: { rule, waiver } }: Props) {
  const { waive, takeBack } = useWaivers(start.person.id);
  const [reason, setReason] = useState<string>();
  const failed = waive.error ?? takeBack.error;
  const field = isProblem(waive.error) ? waive.error.errors[0]?.message : undefined;
  if (waiver) {
    return (
      <div className={ui.row}>
        <Button
          size="xs"
          loading={takeBack.isPending}
          onClick={() => takeBack.mutate(waiver.id, { onSuccess: () => setReason(undefined) })}
        >
          Take the waiver back
        </Button>
        {failed && <Failed words={failed.message} />}
      </div>
    );
  }
  if (reason === undefined) {
    return (
      <div className={ui.row}>
        <Button size="xs" onClick={() => setReason('')}>
          Waive this rule
        </Button>
        {failed && <Failed words={failed.message} />}
      </div>
    );
  }
  const send = () => waive.mutate({ rule, reason }, { onSuccess: () => setReason(undefined) });
  return (
    <form
      className={classes.waive}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) send();
      }}
    >
      <Textarea
        label={`Why ${start.person.name} need not wait`}
        description="The waiver holds for one case."
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        value={reason}
        error={field}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {failed && !field && <Failed words={failed.message} />}
      <div className={classes.foot}>
        <Button onClick={() => setReason(undefined)}>Cancel</Button>
        <Button
          type="submit"
          variant="filled"
          loading={waive.isPending}
          aria-disabled={reason.trim() === ''}
        >
          Waive
        </Button>
      </div>
    </form>
  );
}

function Failed({ words }: { words: string }) {
  return (
    <span role="alert" className={cx(ui.small, ui.bad)}>
      {words}
    </span>
  );
}
