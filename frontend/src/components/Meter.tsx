import type { Rating, ScalePoint } from '../api/types';
import classes from './marks.module.css';

/** The scale of ladders that define none. */
export const commonScale: ScalePoint[] = [
  { point: 0, key: 'not-shown', label: 'Not shown', meaning: 'No examples yet' },
  { point: 1, key: 'partly', label: 'Partly', meaning: 'Some of it, or with help' },
  { point: 2, key: 'met', label: 'Met', meaning: 'Shown over six months' },
  { point: 3, key: 'exceeds', label: 'Exceeds', meaning: 'Also at the level above' },
];

export function ratingWord(rating: Rating, scale: ScalePoint[] = commonScale): string {
  if (rating === null) return 'Not rated yet';
  return scale[rating]?.label ?? String(rating);
}

const height = 13.5;
const gap = 0.5;

type BarProps = { number: number; bars: number; rating: Rating };

function Bar({ number, bars, rating }: BarProps) {
  const each = height / bars;
  const top = (bars - number) * each;
  const thick = each - gap;
  const filled = rating !== null && rating >= number;
  if (filled)
    return <rect className={classes.barFull} x="0" y={top} width="14" height={thick} rx="1" />;
  const kind = rating === null ? classes.barNone : classes.barEmpty;
  const inside = Math.max(0.5, thick - 1);
  return <rect className={kind} x=".5" y={top + 0.5} width="13" height={inside} rx="1" />;
}

type Props = {
  rating: Rating;
  scale?: ScalePoint[] | undefined;
  /** Set when no word stands beside the meter. */
  alone?: boolean;
  quiet?: boolean;
  size?: number;
};

/** A rating as bars that fill from below, one for each point above the lowest. */
export function Meter({ rating, scale, alone = false, quiet = false, size = 14 }: Props) {
  const named = alone
    ? ({ role: 'img', 'aria-label': ratingWord(rating, scale) } as const)
    : ({ 'aria-hidden': true } as const);
  const bars = Math.max(1, (scale ?? commonScale).length - 1);
  return (
    <svg
      {...named}
      className={quiet ? classes.quiet : undefined}
      width={size}
      height={size}
      viewBox="0 -.5 14 14"
    >
      {Array.from({ length: bars }, (_, i) => i + 1).map((number) => (
        <Bar key={number} number={number} bars={bars} rating={rating} />
      ))}
    </svg>
  );
}

type WordProps = { rating: Rating; scale?: ScalePoint[] | undefined; strong?: boolean };

/** A meter with its word. */
export function RatingWord({ rating, scale, strong = false }: WordProps) {
  return (
    <span
      className={classes.rating}
      data-strong={strong || undefined}
      data-none={rating === null || undefined}
    >
      <Meter rating={rating} scale={scale} />
      {ratingWord(rating, scale)}
    </span>
  );
}
