import { useLocation } from '@tanstack/react-router';
import type { Ladder, LadderCell } from '../../api/types';
import { ui } from '../../components/ui';
import { Still, Weight } from './CellText';
import { CopyLink } from './CopyLink';
import { Examples } from './Examples';
import classes from './ladder.module.css';

type Props = {
  cell: LadderCell;
  level: string;
  archetypes: Ladder['archetypes'];
};

/** All that a cell says, and what archetypes say instead. */
export function CellView({ cell, level, archetypes = [] }: Props) {
  return (
    <>
      <Asked cell={cell} />
      <CellRest cell={cell} level={level} archetypes={archetypes} />
    </>
  );
}

/** What explains a cell: what is still expected, notes, examples, and variants. */
export function CellRest({ cell, level, archetypes = [] }: Props) {
  const { still = [], notes = [], examples = [], antiExamples = [], variants = [] } = cell;
  return (
    <>
      <Still points={still} />
      {notes.map((note) => (
        <p key={note.uid} id={note.uid} className={ui.second}>
          {note.text}
        </p>
      ))}
      {examples.length + antiExamples.length > 0 && (
        <Examples level={level} examples={examples} antiExamples={antiExamples} />
      )}
      {variants.map((variant) => (
        <div key={variant.level}>
          <h3>{archetypes.find(({ code }) => code === variant.level)?.name ?? variant.level}</h3>
          <Asked cell={variant} />
          <CellRest cell={variant} level={level} archetypes={archetypes} />
        </div>
      ))}
    </>
  );
}

/** Whether there is anything that explains the cell. */
export function isExplained(cell: LadderCell): boolean {
  const { still = [], notes = [], examples = [], antiExamples = [], variants = [] } = cell;
  return [still, notes, examples, antiExamples, variants].some(({ length }) => length > 0);
}

function Asked({ cell }: { cell: LadderCell }) {
  const linked = useLocation({ select: ({ hash }) => hash });
  return (
    <>
      {cell.narrative && <p className={classes.prose}>{cell.narrative}</p>}
      {cell.points.length > 0 && (
        <ul className={classes.levelPoints}>
          {cell.points.map((point) => (
            <li key={point.uid} id={point.uid} data-linked={point.uid === linked || undefined}>
              {point.text} <Weight point={point} /> <CopyLink uid={point.uid} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
