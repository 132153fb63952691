import type { KeyboardEvent } from 'react';
import type { Rating, ScalePoint } from '../../api/types';
import { commonScale, Meter } from '../Meter';
import { arrowTarget, digitOf, focusSibling, isTabStop } from './choices';
import classes from './inputs.module.css';

type Props = {
  label: string;
  value: Rating;
  scale?: ScalePoint[] | undefined;
  onChange: (rating: number) => void;
  /** Called after a digit, which rates and moves one row down. */
  onDigit?: () => void;
  readOnly?: boolean;
};

/** The small rating control: a cell for each point of the scale. */
export function RatingRow({
  label,
  value,
  scale = commonScale,
  onChange,
  onDigit,
  readOnly,
}: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    if (readOnly || event.ctrlKey || event.metaKey) return;
    const digit = digitOf(event.key, scale.length);
    const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    const target = digit ?? (sideways ? arrowTarget(event.key, index, scale.length) : undefined);
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(target);
    if (digit !== undefined && onDigit) onDigit();
    else focusSibling(event, target);
  };
  return (
    <div role="radiogroup" aria-label={label} aria-readonly={readOnly} className={classes.cells}>
      {scale.map(({ key, label: word }, rating) => (
        // biome-ignore lint/a11y/useSemanticElements: a cell with a meter, driven by its own keys
        <button
          key={key}
          type="button"
          role="radio"
          aria-checked={value === rating}
          aria-label={word}
          title={word}
          tabIndex={isTabStop(rating, value ?? -1) ? 0 : -1}
          className={classes.cell}
          onClick={() => !readOnly && onChange(rating)}
          onKeyDown={(event) => onKeyDown(event, rating)}
        >
          <Meter rating={rating} scale={scale} size={16} quiet={value !== rating} />
        </button>
      ))}
    </div>
  );
}
