import { memo, useMemo, useState } from 'react';
import { Empty } from '../../components/page/states';
import { Chip, cx, ui } from '../../components/ui';
import grid from '../ladder/ladder.module.css';
import { useGridKeys } from '../ladder/useGridKeys';
import { CellEditor } from './CellEditor';
import { cellOf, inheritedBy, type Marks, marksAt, marksOf, variantsOf } from './cells';
import classes from './editor.module.css';
import type { Anchor, CellEdit, Draft } from './queries';

/** The draft as a grid. Arrow keys move, and Enter opens a cell to edit or comment on. */
export function GridTab({ draft }: { draft: Draft }) {
  const [open, setOpen] = useState<Anchor>();
  const marks = useMemo(() => marksOf(draft), [draft]);
  if (!draft.document || !draft.rubric) {
    return (
      <Empty title="The file has errors">
        Fix them in the file. The grid shows the ladder again once the file can be read.
      </Empty>
    );
  }
  return (
    <div className={classes.stack}>
      <p className={cx(ui.small, ui.second)}>
        Arrow keys move. Enter opens a cell to {draft.canEdit ? 'edit it' : 'read all of it'} and to
        comment on it.
      </p>
      <Grids draft={draft} marks={marks} onOpen={setOpen} />
      {open && (
        <CellEditor
          draft={draft}
          at={open}
          marks={marksAt(marks, open)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  );
}

type Competency = NonNullable<Draft['rubric']>['competencies'][number];

type GridsProps = { draft: Draft; marks: Map<string, Marks>; onOpen: (at: Anchor) => void };

/**
 * Competencies described level by level, then those described by the points of their
 * scale. Opening a cell does not redraw them.
 */
const Grids = memo(function Grids({ draft, marks, onOpen }: GridsProps) {
  const rubric = draft.rubric;
  if (!rubric) return null;
  const staged = rubric.competencies.filter(({ stages = [] }) => stages.length > 0);
  const levelled = rubric.competencies.filter(({ stages = [] }) => stages.length === 0);
  const levels = rubric.tracks.flatMap((track) =>
    track.levels.map(({ code, shortTitle }) => ({ key: code, title: `${code} ${shortTitle}` })),
  );
  return (
    <>
      {levelled.length > 0 && (
        <EditGrid
          label="By level"
          draft={draft}
          marks={marks}
          rows={levelled}
          columns={levels}
          onOpen={onOpen}
        />
      )}
      {staged.map((competency) => (
        <EditGrid
          key={competency.code}
          label={`${competency.name}, by point of its scale`}
          draft={draft}
          marks={marks}
          rows={[competency]}
          columns={(competency.scale ?? rubric.scale).map(({ key, label }) => ({
            key,
            title: label,
          }))}
          onOpen={onOpen}
        />
      ))}
    </>
  );
});

type EditGridProps = GridsProps & {
  label: string;
  rows: Competency[];
  columns: { key: string; title: string }[];
};

function EditGrid({ label, draft, marks, rows, columns, onOpen }: EditGridProps) {
  const { keys, cell } = useGridKeys({ row: 0, column: 0 }, rows.length, columns.length);
  return (
    <div className={grid.frame}>
      <table
        className={grid.grid}
        style={{ width: 190 + columns.length * 260 }}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are one tab stop
        role="grid"
        aria-label={label}
        {...keys}
      >
        <thead>
          <tr>
            <th scope="col" className={grid.corner}>
              Competency
            </th>
            {columns.map(({ key, title }) => (
              <th key={key} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((competency, row) => (
            <tr key={competency.code}>
              <th scope="row">{competency.name}</th>
              {columns.map(({ key }, column) => (
                <td key={key}>
                  <button
                    type="button"
                    className={grid.cell}
                    onClick={() => onOpen({ competency: competency.code, anchor: key })}
                    {...cell(row, column)}
                  >
                    <CellText
                      cell={cellOf(draft, { competency: competency.code, anchor: key })}
                      inherited={inheritedBy(draft, { competency: competency.code, anchor: key })}
                      applies={applies(competency, key)}
                    />
                    <Variants draft={draft} at={{ competency: competency.code, anchor: key }} />
                    <CellMarks
                      marks={marksAt(marks, { competency: competency.code, anchor: key })}
                    />
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A level that the competency is for, or a point of its scale. */
function applies({ cells, stages = [] }: Competency, anchor: string): boolean {
  return stages.length > 0 || cells.some(({ level }) => level === anchor);
}

type TextProps = { cell: CellEdit; inherited: string[]; applies: boolean };

function CellText({ cell, inherited, applies }: TextProps) {
  const asked = cell.criteria.filter(
    ({ kind = 'criterion' }) => kind === 'criterion' || kind === 'signal',
  );
  if (!cell.narrative && cell.criteria.length === 0 && inherited.length === 0) {
    return (
      <span className={ui.muted}>{applies ? 'Nothing is written here' : 'Does not apply'}</span>
    );
  }
  return (
    <>
      {cell.narrative && <span className={grid.point}>{cell.narrative}</span>}
      {asked.map(({ uid, text }) => (
        <span key={uid} className={grid.point}>
          {text}
        </span>
      ))}
      {inherited.length > 0 && (
        <span className={cx(grid.point, ui.tiny, ui.muted)}>
          Written elsewhere, also for this level
        </span>
      )}
      {inherited.map((text) => (
        <span key={text} className={cx(grid.point, ui.muted)}>
          {text}
        </span>
      ))}
      {cell.criteria.length > asked.length && (
        <span className={cx(grid.point, ui.tiny, ui.muted)}>
          {cell.criteria.length - asked.length} examples and notes
        </span>
      )}
    </>
  );
}

/** The archetypes for which a cell says more. */
function Variants({ draft, at }: { draft: Draft; at: Anchor }) {
  const names = variantsOf(draft, at).flatMap(({ says, name }) => (says ? [name] : []));
  if (names.length === 0) return null;
  return <span className={cx(grid.point, ui.tiny, ui.muted)}>more for {names.join(', ')}</span>;
}

/** The number of findings and open comments of a cell. */
function CellMarks({ marks: { findings, comments } }: { marks: Marks }) {
  const open = comments.filter(({ resolvedAt }) => resolvedAt === null).length;
  if (findings.length + open === 0) return null;
  return (
    <span className={cx(grid.point, classes.marks)}>
      {open > 0 && <Chip tone="accent">{open === 1 ? '1 comment' : `${open} comments`}</Chip>}
      {findings.length > 0 && <Chip>{`${findings.length} to look at`}</Chip>}
    </span>
  );
}
