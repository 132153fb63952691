import type { Phase } from '../../api/types';
import { dateWords, dayWords } from '../format';
import { cx, ui } from '../ui';
import classes from './bar.module.css';

const spoken = { done: 'done', now: 'now', todo: 'to come' };

function when(phase: Phase): string {
  if (phase.at) return dayWords(phase.at.slice(0, 10));
  return phase.by ? `by ${dateWords(phase.by)}` : '';
}

/** The nine phases of a promotion case, like parcel tracking. */
export function CaseSteps({ phases }: { phases: Phase[] }) {
  return (
    <ol className={classes.steps} aria-label="Phases of the case">
      {phases.map((phase) => (
        <li
          key={phase.key}
          data-state={phase.state}
          aria-current={phase.state === 'now' ? 'step' : undefined}
        >
          <span className={classes.stepName}>{phase.words}</span>
          <span className={cx(ui.tiny, ui.muted, ui.number)}>{when(phase)}</span>
          <span className={classes.hidden}>{spoken[phase.state]}</span>
        </li>
      ))}
    </ol>
  );
}
