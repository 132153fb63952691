import type { KeyboardEvent } from 'react';
import type { Rating, ScalePoint } from '../../api/types';
import { Meter } from '../Meter';
import { cx, Kbd, ui } from '../ui';
import { arrowTarget, focusSibling, isTabStop } from './choices';
import classes from './inputs.module.css';

const ratings = [0, 1, 2, 3] as const;

/** What the four ratings mean when a ladder says nothing of its own. */
export const commonScale: ScalePoint[] = [
  { point: 0, key: 'not_shown', label: 'Not shown', meaning: 'No examples yet' },
  { point: 1, key: 'partly', label: 'Partly', meaning: 'Some of it, or with help' },
  { point: 2, key: 'met', label: 'Met', meaning: 'Holds over six months' },
  { point: 3, key: 'exceeds', label: 'Exceeds', meaning: 'Also at the level above' },
];

type Props = {
  label: string;
  value: Rating;
  onChange: (rating: 0 | 1 | 2 | 3) => void;
  scale?: ScalePoint[];
  readOnly?: boolean;
};

/** Four cards in a row. Arrows move and choose, digits choose. */
export function RatingInput({ label, value, onChange, scale = commonScale, readOnly }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const digit = /^[0-3]$/.test(event.key) ? Number(event.key) : undefined;
    const target = digit ?? arrowTarget(event.key, index, ratings.length);
    if (target === undefined || readOnly || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(target as 0 | 1 | 2 | 3);
    focusSibling(event, target);
  };
  return (
    <div role="radiogroup" aria-label={label} aria-readonly={readOnly} className={classes.cards}>
      {ratings.map((rating) => (
        <RatingCard
          key={rating}
          point={
            scale.find((point) => point.point === rating) ?? (commonScale[rating] as ScalePoint)
          }
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
  rating: 0 | 1 | 2 | 3;
  chosen: boolean;
  tabStop: boolean;
  onChoose: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
};

function RatingCard({ point, rating, chosen, tabStop, onChoose, onKeyDown }: CardProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card with a meter and a meaning, driven by keys of its own
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
        <Meter rating={rating} size={16} />
        <span className={cx(ui.grow, ui.bold)}>{point.label}</span>
        <Kbd>{rating}</Kbd>
      </span>{' '}
      <span className={classes.meaning}>{point.meaning}</span>
    </button>
  );
}
