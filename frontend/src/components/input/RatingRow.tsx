import type { KeyboardEvent } from 'react';
import type { Rating } from '../../api/types';
import { Meter, ratingWords } from '../Meter';
import { arrowTarget, focusSibling, isTabStop } from './choices';
import classes from './inputs.module.css';

const ratings = [0, 1, 2, 3] as const;

type Props = {
  label: string;
  value: Rating;
  onChange: (rating: 0 | 1 | 2 | 3) => void;
  /** A digit rates and goes one row down: called after a digit. */
  onDigit?: () => void;
  readOnly?: boolean;
};

/** The small rating control: four cells and the chosen word. */
export function RatingRow({ label, value, onChange, onDigit, readOnly }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    if (readOnly || event.ctrlKey || event.metaKey) return;
    const digit = /^[0-3]$/.test(event.key);
    const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    const target = digit
      ? Number(event.key)
      : sideways
        ? arrowTarget(event.key, index, 4)
        : undefined;
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(target as 0 | 1 | 2 | 3);
    if (digit && onDigit) onDigit();
    else focusSibling(event, target);
  };
  return (
    <div role="radiogroup" aria-label={label} aria-readonly={readOnly} className={classes.cells}>
      {ratings.map((rating) => (
        // biome-ignore lint/a11y/useSemanticElements: a cell with a meter, driven by keys of its own
        <button
          key={rating}
          type="button"
          role="radio"
          aria-checked={value === rating}
          aria-label={ratingWords[rating]}
          title={ratingWords[rating]}
          tabIndex={isTabStop(rating, value ?? -1) ? 0 : -1}
          className={classes.cell}
          onClick={() => !readOnly && onChange(rating)}
          onKeyDown={(event) => onKeyDown(event, rating)}
        >
          <Meter rating={rating} size={16} quiet={value !== rating} />
        </button>
      ))}
    </div>
  );
}
