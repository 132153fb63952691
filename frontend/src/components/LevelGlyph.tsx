import classes from './marks.module.css';

const rungs = [17.5, 13.8, 10, 6.2, 2.5];
const heights: Record<string, number> = {
  IC3: 1,
  IC4: 2,
  IC5: 3,
  IC6: 4,
  IC7: 5,
  M1: 3,
  M2: 4,
  M3: 5,
};

/** How many rungs a level fills. M1 is as high as IC5; other ladders use the number in the code. */
export function levelHeight(code: string): number {
  return heights[code] ?? Math.min(rungs.length, Number(/\d+/.exec(code)?.[0] ?? 0));
}

export function isManagement(code: string): boolean {
  return /^E?M\d/.test(code);
}

type Props = { level: string; height?: number; alone?: boolean; filled?: number };

/** A level as a ladder of five rungs. */
export function LevelGlyph({
  level,
  height = 16,
  alone = false,
  filled = levelHeight(level),
}: Props) {
  const named = alone
    ? ({ role: 'img', 'aria-label': level } as const)
    : ({ 'aria-hidden': true } as const);
  return (
    <svg
      {...named}
      className={isManagement(level) ? classes.management : undefined}
      width={height * 0.8}
      height={height}
      viewBox="0 0 16 20"
    >
      <path className={classes.stile} d="M3 .5v19M13 .5v19" />
      {rungs.map((y, index) => (
        <path
          key={y}
          className={index < filled ? classes.rung : classes.rungEmpty}
          d={`M4 ${y}h8`}
        />
      ))}
    </svg>
  );
}
