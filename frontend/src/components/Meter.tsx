import type { Rating } from '../api/types';
import classes from './marks.module.css';

export const ratingWords = ['Not shown', 'Partly', 'Met', 'Exceeds'] as const;

export function ratingWord(rating: Rating): string {
  return rating === null ? 'Not rated yet' : ratingWords[rating];
}

const bars = [1, 2, 3] as const;

function Bar({ number, rating }: { number: 1 | 2 | 3; rating: Rating }) {
  const top = (3 - number) * 4.5;
  const filled = rating !== null && rating >= number;
  if (filled)
    return <rect className={classes.barFull} x="0" y={top} width="14" height="4" rx="1" />;
  const kind = rating === null ? classes.barNone : classes.barEmpty;
  return <rect className={kind} x=".5" y={top + 0.5} width="13" height="3" rx="1" />;
}

type Props = {
  rating: Rating;
  /** Set when no word stands beside the meter. */
  alone?: boolean;
  quiet?: boolean;
  size?: number;
};

/** A rating as three bars that fill from below. */
export function Meter({ rating, alone = false, quiet = false, size = 14 }: Props) {
  const named = alone
    ? ({ role: 'img', 'aria-label': ratingWord(rating) } as const)
    : ({ 'aria-hidden': true } as const);
  return (
    <svg
      {...named}
      className={quiet ? classes.quiet : undefined}
      width={size}
      height={size}
      viewBox="0 -.5 14 14"
    >
      {bars.map((number) => (
        <Bar key={number} number={number} rating={rating} />
      ))}
    </svg>
  );
}

/** A meter with its word. */
export function RatingWord({ rating, strong = false }: { rating: Rating; strong?: boolean }) {
  return (
    <span
      className={classes.rating}
      data-strong={strong || undefined}
      data-none={rating === null || undefined}
    >
      <Meter rating={rating} />
      {ratingWord(rating)}
    </span>
  );
}
