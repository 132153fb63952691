import classes from './marks.module.css';

type Props = { steps: number; now: number; mine?: boolean; width?: number };

function kind(step: number, now: number, mine: boolean): string | undefined {
  if (step < now) return classes.stepDone;
  if (step > now) return classes.stepTodo;
  return mine ? classes.stepTurn : classes.stepNow;
}

/** A process as a row of short bars. The words beside it say the same. */
export function Steps({ steps, now, mine = false, width = 10 }: Props) {
  const numbers = Array.from({ length: steps }, (_, index) => index + 1);
  const total = steps * (width + 3) - 3;
  return (
    <svg aria-hidden="true" width={total} height="4" viewBox={`0 0 ${total} 4`}>
      {numbers.map((step) => (
        <rect
          key={step}
          className={kind(step, now, mine)}
          x={(step - 1) * (width + 3)}
          width={width}
          height="4"
          rx="1"
        />
      ))}
    </svg>
  );
}
