import type { Assessment } from '../../api/types';
import { cx, Panel, ui } from '../../components/ui';
import classes from './assessment.module.css';

/** What the ladder's rule concludes from the ratings, and why. People decide. */
export function AdviceNote({ assessment }: { assessment: Assessment }) {
  const { advice, target } = assessment;
  if (!advice) return null;
  return (
    <Panel title="What the ladder’s rule says">
      <div className={classes.advice}>
        <p>
          {advice.reached
            ? `These ratings support ${target.code}.`
            : `These ratings do not reach ${target.code}${advice.level ? `, but they support ${advice.level}` : ''}.`}
        </p>
        <p className={cx(ui.small, ui.second)}>{advice.reason}</p>
        <p className={cx(ui.small, ui.muted)}>
          This is advice. People decide, based on the evidence.
        </p>
      </div>
    </Panel>
  );
}
