import { useState } from 'react';
import type { LadderCell, ScalePoint } from '../../api/types';
import { Markdown } from '../../components/text/Markdown';
import { Chip, cx, ui } from '../../components/ui';
import classes from './ladder.module.css';

type Point = LadderCell['points'][number];

const weightWords: Record<string, string> = {
  growth: 'Growth',
  exceeds: 'Exceeds',
  optional: 'Optional',
};
export const modeWords: Record<string, string> = { typical: ', typically', nice: ', nice to have' };

type Props = { cell: LadderCell | undefined; scale: ScalePoint[] };

/** What a cell asks for, in the grid: prose, sentences, and the expected point of the scale. */
export function CellText({ cell, scale }: Props) {
  if (!cell) return <span className={ui.muted}>Does not apply</span>;
  const expected = cell.expected == null ? undefined : scale[cell.expected];
  const says = cell.narrative || cell.points.length > 0 || expected;
  if (!says) return <span className={ui.muted}>Not described at this level</span>;
  return (
    <>
      {expected && (
        <span className={cx(classes.point, ui.tiny, ui.medium)}>
          {expected.label}
          {modeWords[cell.mode ?? '']}
        </span>
      )}
      {cell.narrative && (
        <span className={cx(classes.point, classes.prose)}>
          <Markdown text={cell.narrative} inline />
        </span>
      )}
      {cell.points.map((point) => (
        <span key={point.uid} className={classes.point}>
          <Markdown text={point.text} inline /> <Weight point={point} />
        </span>
      ))}
      {(cell.still ?? []).length > 0 && (
        <span className={cx(classes.point, ui.tiny, ui.muted)}>
          and {(cell.still ?? []).length} from lower levels
        </span>
      )}
    </>
  );
}

export function Weight({ point }: { point: Point }) {
  const word = weightWords[point.weight ?? ''];
  return word ? <Chip>{word}</Chip> : null;
}

/** What lower levels ask for and is still expected, folded because it is not new. */
export function Still({ points }: { points: Point[] }) {
  const [open, setOpen] = useState(false);
  if (points.length === 0) return null;
  return (
    <div className={ui.small}>
      <button type="button" className={ui.link} aria-expanded={open} onClick={() => setOpen(!open)}>
        Still expected: {points.length} from lower levels
      </button>
      {open && (
        <ul>
          {points.map((point) => (
            <li key={point.uid} className={ui.second}>
              <Markdown text={point.text} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
