import { useLocation } from '@tanstack/react-router';
import type { Ladder, LadderCell } from '../../api/types';
import { Markdown } from '../../components/text/Markdown';
import { ExternalLink } from '../../components/text/Words';
import { cx, ui } from '../../components/ui';
import { Still, Weight } from './CellText';
import { CopyLink } from './CopyLink';
import { Examples } from './Examples';
import { explains, restOf } from './explains';
import classes from './ladder.module.css';

type Props = {
  cell: LadderCell;
  level: string;
  archetypes: Ladder['archetypes'];
};

/** Everything that a cell says, and what archetypes say instead. */
export function CellView({ cell, level, archetypes = [] }: Props) {
  return (
    <>
      <Asked cell={cell} />
      <CellRest cell={restOf(cell)} level={level} archetypes={archetypes} />
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
        <div key={note.uid} id={note.uid} className={cx(classes.prose, ui.second)}>
          <Markdown text={note.text} />
        </div>
      ))}
      {examples.length + antiExamples.length > 0 && (
        <Examples level={level} examples={examples} antiExamples={antiExamples} />
      )}
      {variants.map((variant) => (
        <div key={variant.level}>
          <h3>{archetypes.find(({ code }) => code === variant.level)?.name ?? variant.level}</h3>
          <Asked cell={variant} />
          <CellRest cell={restOf(variant)} level={level} archetypes={archetypes} />
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
      {cell.narrative && (
        <div className={classes.prose}>
          <Markdown text={cell.narrative} />
        </div>
      )}
      {cell.points.length > 0 && (
        <ul className={classes.levelPoints}>
          {cell.points.map((point) => (
            <li key={point.uid} id={point.uid} data-linked={point.uid === linked || undefined}>
              <Markdown text={point.text} /> <Weight point={point} /> <CopyLink uid={point.uid} />
              <Sources urls={point.urls} />
              <Explained cell={cell} by={point.uid} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Pages that a sentence points to, by their host. */
function Sources({ urls = [] }: { urls?: string[] | undefined }) {
  if (urls.length === 0) return null;
  return (
    <span className={cx(ui.row, ui.wrap, ui.tiny)}>
      {urls.map((url) => (
        <ExternalLink key={url} href={url}>
          {URL.canParse(url) ? new URL(url).host : url}
        </ExternalLink>
      ))}
    </span>
  );
}

/** What explains one sentence, under it. */
function Explained({ cell, by }: { cell: LadderCell; by: string }) {
  const list = explains(cell, by);
  if (list.length === 0) return null;
  return (
    <ul className={classes.explained}>
      {list.map(({ kind, point }) => (
        <li key={point.uid} id={point.uid}>
          <span className={cx(ui.tiny, ui.muted)}>{kind}</span> <Markdown text={point.text} />
        </li>
      ))}
    </ul>
  );
}
