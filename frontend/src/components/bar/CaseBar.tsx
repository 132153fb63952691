import { IconCalendar, IconChevronRight } from '@tabler/icons-react';
import type { Bar } from '../../api/types';
import { dueWords, leftWords } from '../format';
import { Steps } from '../Steps';
import { cx, ui } from '../ui';
import { AudienceIcon, ReadersButton } from './Audience';
import classes from './bar.module.css';

type Props = { bar: Bar; steps?: boolean; about?: string | undefined };

/** State, turn, date and readers: the same four answers in the same place on every screen with a process. */
export function CaseBar({ bar, steps = true, about }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: it groups facts, there is no form
    <div className={classes.wrap} role="group" aria-label="Where this stands">
      <div className={classes.bar}>
        <div className={classes.cell}>
          {steps && <Steps steps={bar.steps} now={bar.step} mine={bar.turn.you} />}
          <span className={ui.medium}>{bar.words}</span>
          <span className={ui.muted}>
            step {bar.step} of {bar.steps}
          </span>
        </div>
        <div className={cx(classes.cell, bar.turn.you && classes.you)}>
          <span className={classes.key}>Turn</span>
          <span className={ui.medium}>{bar.turn.words || 'Nobody'}</span>
        </div>
        <DueCell dueAt={bar.dueAt} />
        <ReadersButton
          audience={bar.audience}
          about={about}
          className={cx(classes.cell, classes.readBy)}
        >
          <AudienceIcon icon={bar.audience.icon} size={16} />
          <span className={classes.key}>Read by</span>{' '}
          <span className={cx(ui.medium, ui.grow, classes.readWords)}>{bar.audience.words}</span>
          <IconChevronRight size={14} stroke={1.5} aria-hidden="true" className={ui.muted} />
        </ReadersButton>
      </div>
    </div>
  );
}

function DueCell({ dueAt }: { dueAt: Bar['dueAt'] }) {
  return (
    <div className={classes.cell}>
      <IconCalendar size={16} stroke={1.5} aria-hidden="true" className={ui.muted} />
      <span className={classes.key}>By</span>
      {dueAt ? (
        <>
          <time dateTime={dueAt} className={ui.medium}>
            {dueWords(dueAt)}
          </time>
          <span className={ui.muted}>{leftWords(dueAt)}</span>
        </>
      ) : (
        <span className={ui.second}>no date yet</span>
      )}
    </div>
  );
}
