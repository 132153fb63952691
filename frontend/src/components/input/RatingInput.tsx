import type { KeyboardEvent } from 'react';
import type { Rating, ScalePoint } from '../../api/types';
import { commonScale, Meter } from '../Meter';
import { cx, Kbd, ui } from '../ui';
import { arrowTarget, digitOf, focusSibling, isTabStop } from './choices';
import classes from './inputs.module.css';

type Props = {
  label: string;
  value: Rating;
  onChange: (rating: number) => void;
  scale?: ScalePoint[];
  readOnly?: boolean;
};

/** A card for each point of the scale. Arrows move and choose, digits choose. */
export function RatingInput({ label, value, onChange, scale = commonScale, readOnly }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const digit = digitOf(event.key, scale.length);
    const target = digit ?? arrowTarget(event.key, index, scale.length);
    if (target === undefined || readOnly || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(target);
    focusSibling(event, target);
  };
  return (
    <div role="radiogroup" aria-label={label} aria-readonly={readOnly} className={classes.cards}>
      {scale.map((point, rating) => (
        <RatingCard
          key={point.key}
          point={point}
          scale={scale}
          rating={rating}
          chosen={value === rating}
          tabStop={isTabStop(rating, value ?? -1)}
          onChoose={() => !readOnly && onChange(rating)}
          onKeyDown={(event) => onKeyDown(event, rating)}
        />
      ))}
    </div>
  );
}

type CardProps = {
  point: ScalePoint;
  scale: ScalePoint[];
  rating: number;
  chosen: boolean;
  tabStop: boolean;
  onChoose: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
};

function RatingCard({ point, scale, rating, chosen, tabStop, onChoose, onKeyDown }: CardProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card with a meter, a meaning and its own keys
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      tabIndex={tabStop ? 0 : -1}
      className={classes.card}
      onClick={onChoose}
      onKeyDown={onKeyDown}
    >
      <span className={ui.row}>
        <Meter rating={rating} scale={scale} size={16} />
        <span className={cx(ui.grow, ui.bold)}>{point.label}</span>
        <Kbd>{rating}</Kbd>
      </span>{' '}
      <span className={classes.meaning}>{point.meaning}</span>
    </button>
  );
}
