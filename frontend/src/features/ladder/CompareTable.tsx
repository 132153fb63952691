import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComparisonCell, Level, LevelComparison, LevelComparisonRow } from '../../api/types';
import { isManagement, LevelGlyph } from '../../components/LevelGlyph';
import { Segments } from '../../components/text/Segments';
import { cx, ui } from '../../components/ui';
import { Examples } from './Examples';
import classes from './ladder.module.css';
import type { CompareOptions } from './useCompareSearch';

type Props = { comparison: LevelComparison; options: CompareOptions };

/** Changed rows come first. Rows without a change fold into one line that names them. */
export function splitRows({ rows, unchanged }: LevelComparison, only: boolean) {
  if (!only) return { shown: rows, folded: [] };
  const quiet = new Set(unchanged);
  return {
    shown: rows.filter((row) => !quiet.has(row.competency)),
    folded: rows.filter((row) => quiet.has(row.competency)),
  };
}

/** Levels side by side; what is new at the second level is marked. */
export function CompareTable({ comparison, options }: Props) {
  const { levels } = comparison;
  const { shown, folded } = splitRows(comparison, options.only);
  const [unfolded, setUnfolded] = useState(false);
  const visible = unfolded ? [...shown, ...folded] : shown;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable
    <section className={classes.frame} aria-label="Comparison table" tabIndex={0}>
      <table className={cx(classes.grid, classes.compare)} aria-label="Levels compared">
        <thead>
          <tr>
            <th scope="col" className={cx(classes.corner, ui.tiny, ui.second)}>
              Text that is new at {levels[1]?.code ?? levels[0]?.code} is{' '}
              <ins>marked like this</ins>
            </th>
            {levels.map((level, index) => (
              <Head
                key={level.code}
                level={level}
                index={index}
                comparison={comparison}
                own={options.own}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <ShapeRow comparison={comparison} />
          {visible.map((row) => (
            <Row key={row.competency} row={row} levels={levels} options={options} />
          ))}
          {folded.length > 0 && (
            <FoldRow
              comparison={comparison}
              folded={folded}
              open={unfolded}
              onToggle={() => setUnfolded(!unfolded)}
            />
          )}
        </tbody>
      </table>
    </section>
  );
}

type HeadProps = { level: Level; index: number; comparison: LevelComparison; own: string | null };

function headNote({ level, index, comparison, own }: HeadProps): string {
  if (level.code === own) return 'You are here';
  const second = comparison.levels[1];
  if (index === 1) return `What changes from ${comparison.base}`;
  const sameStep = second && level.ordinal === second.ordinal && level.code !== second.code;
  return sameStep ? `Same step as ${second.code}, other track` : '';
}

function Head(props: HeadProps) {
  const { level, index } = props;
  const edge = isManagement(level.code)
    ? classes.otherHead
    : index === 1
      ? classes.ownHead
      : undefined;
  return (
    <th scope="col" className={edge}>
      <div className={ui.row}>
        <LevelGlyph level={level.code} height={26} />
        <div>
          <div className={classes.levelName}>
            {level.code} {level.shortTitle}
          </div>
          <div className={cx(ui.tiny, ui.second)}>{headNote(props)}</div>
        </div>
      </div>
    </th>
  );
}

function ShapeRow({ comparison }: { comparison: LevelComparison }) {
  return (
    <tr className={classes.shape}>
      <th scope="row">
        Role shape
        <div className={cx(ui.tiny, ui.muted)}>Typical, never a gate</div>
      </th>
      {comparison.shape.map((shape) => (
        <td key={shape.level}>
          {shape.parts.map((part) => (
            <span key={part.text} className={classes.fact}>
              {part.change === 'new' ? <ins>{part.text}</ins> : part.text}{' '}
            </span>
          ))}
        </td>
      ))}
    </tr>
  );
}

type RowProps = { row: LevelComparisonRow; levels: Level[]; options: CompareOptions };

function Row({ row, levels, options }: RowProps) {
  return (
    <tr>
      <th scope="row">
        {row.name}
        <div className={cx(ui.tiny, ui.muted)}>
          {row.changed === 0 ? 'No change' : `${row.changed} of ${row.total} points change`}
        </div>
      </th>
      {levels.map((level, index) => (
        <Cell
          key={level.code}
          cell={row.cells.find((cell) => cell.level === level.code)}
          marked={index === 1}
          examples={options.examples}
        />
      ))}
    </tr>
  );
}

type CellProps = { cell: ComparisonCell | undefined; marked: boolean; examples: boolean };

function Cell({ cell, marked, examples }: CellProps) {
  if (!cell) return <td className={ui.muted}>Not described at this level</td>;
  return (
    <td className={marked ? classes.target : undefined}>
      <Segments segments={cell.segments} marked={marked} />
      {examples && <Examples examples={cell.examples} antiExamples={cell.antiExamples} />}
    </td>
  );
}

type FoldProps = {
  comparison: LevelComparison;
  folded: LevelComparisonRow[];
  open: boolean;
  onToggle: () => void;
};

function FoldRow({ comparison, folded, open, onToggle }: FoldProps) {
  const Icon = open ? IconChevronDown : IconChevronRight;
  const [base, second] = comparison.levels;
  const names = folded.map((row) => row.name).join(', ');
  return (
    <tr className={classes.fold}>
      <th colSpan={comparison.levels.length + 1}>
        <button type="button" aria-expanded={open} onClick={onToggle}>
          <Icon size={16} stroke={1.5} aria-hidden="true" />
          {folded.length} {folded.length === 1 ? 'competency' : 'competencies'} without changes from{' '}
          {base?.code} to {second?.code}: {names}
        </button>
      </th>
    </tr>
  );
}
