import { useLocation } from '@tanstack/react-router';
import { Fragment, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Competency, Ladder, LadderCell, Level, ScalePoint } from '../../api/types';
import { isManagement, LevelGlyph } from '../../components/LevelGlyph';
import { PathLink } from '../../components/links';
import { cx, ui } from '../../components/ui';
import { CellText } from './CellText';
import { CellRest, isExplained } from './CellView';
import { CopyLink } from './CopyLink';
import { groupsOf } from './categories';
import classes from './ladder.module.css';
import { levelsOf } from './levels';
import type { ToLevel } from './paths';
import { ShapeFacts } from './ShapeFacts';
import { useGridKeys } from './useGridKeys';

/** Widths in pixels: the sticky first column, and each level. */
const nameColumn = 190;
const levelColumn = 288;

type Props = { ladder: Ladder; own: string | null; to: ToLevel };
type Open = { competency: string; level: string };

/** Competencies down, levels across. It opens at the reader's level. Enter shows what explains a cell. */
export function LadderGrid({ ladder, own, to }: Props) {
  const levels = useMemo(() => levelsOf(ladder), [ladder]);
  const [open, setOpen] = useState<Open | null>(null);
  const toggle = useCallback(
    (to: Open) =>
      setOpen((now) => (now?.competency === to.competency && now.level === to.level ? null : to)),
    [],
  );
  const ownColumn = Math.max(
    0,
    levels.findIndex((level) => level.code === own),
  );
  const grid = useGridKeys(
    { row: 0, column: ownColumn },
    ladder.competencies.length,
    levels.length,
  );
  const frame = useRef<HTMLDivElement>(null);
  const linked = useLocation({ select: ({ hash }) => hash });
  useEffect(() => {
    if (linked) document.getElementById(linked)?.scrollIntoView({ block: 'center' });
  }, [linked]);
  useEffect(() => {
    if (frame.current) frame.current.scrollLeft = ownColumn * levelColumn;
  }, [ownColumn]);
  return (
    <div className={classes.frame} ref={frame}>
      <table
        className={classes.grid}
        style={{ width: nameColumn + levels.length * levelColumn }}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are one tab stop
        role="grid"
        aria-label={ladder.name}
        {...grid.keys}
      >
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              Competency
            </th>
            {levels.map((level) => (
              <LevelHead key={level.code} level={level} own={level.code === own} to={to} />
            ))}
          </tr>
          {levels.some(({ summary }) => summary !== '') && <SummaryRow levels={levels} />}
          {levels.some(({ shape }) => shape !== null) && <ShapeRow levels={levels} />}
        </thead>
        <tbody>
          {groupsOf(ladder).map(({ path, from, competencies }) => (
            <Fragment key={from}>
              {path && (
                <tr className={classes.group}>
                  <th scope="rowgroup" colSpan={levels.length + 1}>
                    <span>{path}</span>
                  </th>
                </tr>
              )}
              {competencies.map((competency, at) => (
                <CompetencyRow
                  key={competency.code}
                  competency={competency}
                  scale={competency.scale ?? ladder.scale}
                  archetypes={ladder.archetypes}
                  linked={linked === `c-${competency.code}`}
                  levels={levels}
                  own={own}
                  open={open?.competency === competency.code ? open.level : null}
                  onOpen={toggle}
                  row={from + at}
                  cellProps={grid.cell}
                />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type HeadProps = { level: Level; own: boolean; to: ToLevel };

function LevelHead({ level, own, to }: HeadProps) {
  const edge = own ? classes.ownHead : isManagement(level.code) ? classes.otherHead : undefined;
  return (
    <th scope="col" className={edge} data-own={own || undefined}>
      <div className={ui.row}>
        <LevelGlyph level={level.code} height={26} />
        <div>
          <PathLink path={to(level.code)} className={classes.levelName}>
            {level.code} {level.shortTitle !== level.code && level.shortTitle}
          </PathLink>
          {own && <div className={cx(ui.tiny, ui.second)}>You are here</div>}
        </div>
      </div>
    </th>
  );
}

function SummaryRow({ levels }: { levels: Level[] }) {
  return (
    <tr className={classes.shape}>
      <th scope="row">In short</th>
      {levels.map((level) => (
        <td key={level.code}>{level.summary}</td>
      ))}
    </tr>
  );
}

function ShapeRow({ levels }: { levels: Level[] }) {
  return (
    <tr className={classes.shape}>
      <th scope="row">
        Role shape
        <div className={cx(ui.tiny, ui.muted)}>Typical, never a gate</div>
      </th>
      {levels.map((level) => (
        <td key={level.code}>{level.shape && <ShapeFacts shape={level.shape} />}</td>
      ))}
    </tr>
  );
}

type RowProps = {
  competency: Competency;
  scale: ScalePoint[];
  archetypes: Ladder['archetypes'];
  linked: boolean;
  levels: Level[];
  own: string | null;
  /** The level whose cell is unfolded. */
  open: string | null;
  onOpen: (to: Open) => void;
  row: number;
  cellProps: ReturnType<typeof useGridKeys>['cell'];
};

const CompetencyRow = memo(function CompetencyRow({
  competency,
  scale,
  archetypes,
  linked,
  levels,
  own,
  open,
  onOpen,
  row,
  cellProps,
}: RowProps) {
  const cellOf = (level: string) => competency.cells.find((cell) => cell.level === level);
  const opened = levels.find((level) => open === level.code);
  return (
    <Fragment>
      <tr id={`c-${competency.code}`} data-linked={linked || undefined}>
        <th scope="row" title={competency.description}>
          {competency.name}{' '}
          <CopyLink uid={`c-${competency.code}`} name={competency.name} tabIndex={-1} />
        </th>
        {levels.map((level, column) => (
          <td key={level.code} className={level.code === own ? classes.ownCell : undefined}>
            <button
              type="button"
              className={classes.cell}
              aria-expanded={open === level.code}
              onClick={() => onOpen({ competency: competency.code, level: level.code })}
              {...cellProps(row, column)}
            >
              <CellText cell={cellOf(level.code)} scale={scale} />
            </button>
          </td>
        ))}
      </tr>
      {opened && (
        <MoreRow
          level={opened}
          cell={cellOf(opened.code)}
          archetypes={archetypes}
          columns={levels.length + 1}
        />
      )}
    </Fragment>
  );
});

type MoreRowProps = {
  level: Level;
  cell: LadderCell | undefined;
  archetypes: Ladder['archetypes'];
  columns: number;
};

/** What explains a cell, under its row. */
function MoreRow({ level, cell, archetypes, columns }: MoreRowProps) {
  return (
    <tr className={classes.examplesRow}>
      <td colSpan={columns}>
        <div className={classes.more}>
          {cell && isExplained(cell) ? (
            <CellRest cell={cell} level={level.code} archetypes={archetypes} />
          ) : (
            <p className={cx(ui.small, ui.second)}>
              {cell
                ? 'No examples or notes are written for this cell yet.'
                : `It does not apply to ${level.code}.`}
            </p>
          )}
        </div>
      </td>
    </tr>
  );
}
