import { useMe } from '../../api/me';
import type { Assessment, Comparison } from '../../api/types';
import { firstName } from '../../components/format';
import { RatingInput } from '../../components/input/RatingInput';
import { RatingWord } from '../../components/Meter';
import { cx, ui } from '../../components/ui';
import classes from './assessment.module.css';
import comparisonClasses from './comparison.module.css';
import { ratingOf, scaleOf } from './place';
import { usePlaceAssessment } from './queries';

/** Where somebody is inside the target level, on ladders that distinguish such places. */
export function Place({ assessment }: { assessment: Assessment }) {
  const place = usePlaceAssessment(assessment);
  const { modifiers, modifier, target, subject, canEdit } = assessment;
  const own = useMe().person.id === subject.id;
  if (modifiers.length === 0) return null;
  const whom = own ? 'you are' : `${firstName(subject.name)} is`;
  return (
    <section className={classes.reviewItem} aria-label={`Place inside ${target.code}`}>
      <h3>
        Where {whom} inside {target.code}
      </h3>
      <div className={classes.place} data-place tabIndex={-1}>
        <RatingInput
          label={`Where ${whom} inside ${target.code}`}
          scale={scaleOf(modifiers)}
          value={ratingOf(modifiers, modifier)}
          readOnly={!canEdit}
          onChange={(at) => place.mutate(modifiers[at]?.key ?? '')}
        />
      </div>
      {place.error && (
        <p role="alert" className={cx(ui.small, ui.bad)}>
          {place.error.message}
        </p>
      )}
    </section>
  );
}

/** The place inside the level as both sides see it. */
export function BothPlaces({ comparison }: { comparison: Comparison }) {
  const { modifiers, placed, target } = comparison;
  if (modifiers.length === 0) return null;
  const steps = Math.abs(
    (ratingOf(modifiers, placed.self) ?? 0) - (ratingOf(modifiers, placed.manager) ?? 0),
  );
  return (
    <article className={comparisonClasses.row} aria-label={`Place inside ${target.code}`}>
      <div className={comparisonClasses.name}>
        <h2>Place inside {target.code}</h2>
        {steps > 0 && <span className={cx(ui.tiny, ui.muted)}>{steps} apart</span>}
      </div>
      {[placed.self, placed.manager].map((key, side) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two sides, always the same ones
        <div key={side} className={comparisonClasses.cell}>
          <RatingWord rating={ratingOf(modifiers, key)} scale={scaleOf(modifiers)} strong />
        </div>
      ))}
    </article>
  );
}
