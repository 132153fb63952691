import type { Assessment } from '../../api/types';
import { cx, Panel, ui } from '../../components/ui';
import classes from './assessment.module.css';

/** What the rule of the ladder makes of the ratings, with its reason. People decide. */
export function AdviceNote({ assessment }: { assessment: Assessment }) {
  const { advice, target } = assessment;
  if (!advice) return null;
  return (
    <Panel title="What the rule of the ladder says">
      <div className={classes.advice}>
        <p>
          {advice.reached
            ? `These ratings speak for ${target.code}.`
            : `These ratings do not reach ${target.code}${advice.level ? `; they speak for ${advice.level}` : ''}.`}
        </p>
        <p className={cx(ui.small, ui.second)}>{advice.reason}</p>
        <p className={cx(ui.small, ui.muted)}>It is advice. People decide, on evidence.</p>
      </div>
    </Panel>
  );
}
