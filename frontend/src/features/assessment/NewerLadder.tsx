import { Button } from '@mantine/core';
import type { Assessment } from '../../api/types';
import { PathLink } from '../../components/links';
import { cx, ui } from '../../components/ui';
import classes from './assessment.module.css';
import { useMoveAssessment } from './queries';

/** A newer version of the ladder is in force: shows what to rate again, and offers to move or to stay. */
export function NewerLadder({ assessment }: { assessment: Assessment }) {
  const move = useMoveAssessment(assessment);
  const { newer, ladder } = assessment;
  if (!newer) return null;
  return (
    <section className={classes.newer} aria-label="A newer version of the ladder">
      <div className={ui.grow}>
        <b>
          {ladder.name} {newer.version} is in force.
        </b>{' '}
        {newer.asks.length === 0
          ? 'It expects the same. All answers carry over.'
          : `It expects something new in ${newer.asks.join(', ')}. Your text stays, but you rate these again. Ratings that carry over: ${newer.carries}.`}{' '}
        You can also finish on {ladder.version}.{' '}
        <PathLink
          path={`/ladders/${ladder.slug}/versions?from=${ladder.version}&to=${newer.version}`}
          className={ui.link}
        >
          See what changed
        </PathLink>
        {move.error && (
          <p role="alert" className={cx(ui.small, ui.bad)}>
            {move.error.message}
          </p>
        )}
      </div>
      <Button size="xs" loading={move.isPending} onClick={() => move.mutate()}>
        Move to {newer.version}
      </Button>
    </section>
  );
}
