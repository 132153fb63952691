import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Empty } from '../../components/page/states';
import { cx, ui } from '../../components/ui';
import grid from '../ladder/ladder.module.css';
import { useGridKeys } from '../ladder/useGridKeys';
import { CellEditor } from './CellEditor';
import { type Anchor, cellOf } from './cells';
import classes from './editor.module.css';
import { type CellEdit, type Draft, saveCell, useDraftSaved } from './queries';

/** One step that can be taken back: a cell and what it said before. */
type Step = Anchor & { before: CellEdit };

/** The draft as a grid: arrows move, Enter opens a cell, Ctrl-Z takes the last change back. */
export function GridTab({ draft }: { draft: Draft }) {
  const [open, setOpen] = useState<Anchor>();
  const [steps, setSteps] = useState<Step[]>([]);
  const [failed, setFailed] = useState('');
  const saved = useDraftSaved();
  const undo = async () => {
    const last = steps.at(-1);
    if (!last) return;
    try {
      saved(await saveCell(draft.id, last.competency, last.anchor, last.before, draft.version));
      setSteps(steps.slice(0, -1));
      setFailed('');
    } catch (error) {
      setFailed(error instanceof Error ? error.message : 'It was not taken back.');
    }
  };
  useUndoKey(open === undefined && steps.length > 0, () => void undo());
  if (!draft.document || !draft.rubric) {
    return (
      <Empty title="The file has errors">
        Mend them in the file. The grid shows the ladder again when it can be read.
      </Empty>
    );
  }
  return (
    <div className={classes.stack}>
      <div className={ui.row}>
        <Button size="xs" disabled={steps.length === 0} onClick={() => void undo()}>
          Undo
        </Button>
        <span className={cx(ui.small, ui.second)}>
          Arrows move, Enter opens a cell. Levels, competencies and rules are changed in the file.
        </span>
        {failed && (
          <span role="alert" className={cx(ui.small, ui.bad)}>
            {failed}
          </span>
        )}
      </div>
      <Grids draft={draft} onOpen={setOpen} />
      {open && (
        <CellEditor
          draft={draft}
          at={open}
          onClose={(before) => {
            if (before) setSteps([...steps, { ...open, before }]);
            setOpen(undefined);
          }}
        />
      )}
    </div>
  );
}

function useUndoKey(on: boolean, undo: () => void) {
  useEffect(() => {
    if (!on) return undefined;
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea');
      if (typing || event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      undo();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [on, undo]);
}

type Competency = NonNullable<Draft['rubric']>['competencies'][number];

/** Competencies described level by level, then those described point by point of their scale. */
function Grids({ draft, onOpen }: { draft: Draft; onOpen: (at: Anchor) => void }) {
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
        <EditGrid label="By level" draft={draft} rows={levelled} columns={levels} onOpen={onOpen} />
      )}
      {staged.map((competency) => (
        <EditGrid
          key={competency.code}
          label={`${competency.name}, by point of its scale`}
          draft={draft}
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
}

type EditGridProps = {
  label: string;
  draft: Draft;
  rows: Competency[];
  columns: { key: string; title: string }[];
  onOpen: (at: Anchor) => void;
};

function EditGrid({ label, draft, rows, columns, onOpen }: EditGridProps) {
  const keys = useGridKeys({ row: 0, column: 0 }, rows.length, columns.length);
  return (
    <div className={grid.frame}>
      <table
        className={grid.grid}
        style={{ width: 190 + columns.length * 260 }}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are one tab stop
        role="grid"
        aria-label={label}
        onKeyDown={keys.onKeyDown}
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
                    {...keys.cell(row, column)}
                  >
                    <CellText cell={cellOf(draft, { competency: competency.code, anchor: key })} />
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

function CellText({ cell }: { cell: CellEdit }) {
  const asked = cell.criteria.filter(
    ({ kind = 'criterion' }) => kind === 'criterion' || kind === 'signal',
  );
  if (!cell.narrative && cell.criteria.length === 0) {
    return <span className={ui.muted}>Nothing is said here</span>;
  }
  return (
    <>
      {cell.narrative && <span className={grid.point}>{cell.narrative}</span>}
      {asked.map(({ uid, text }) => (
        <span key={uid} className={grid.point}>
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
