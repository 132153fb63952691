import { Button, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { Empty } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { cx, Panel, ui } from '../../components/ui';
import { AboutForm } from './AboutForm';
import { CompetencyForm } from './CompetencyForm';
import classes from './editor.module.css';
import { Failure } from './Failure';
import { GroupsPanel } from './GroupsPanel';
import { LevelForm } from './LevelForm';
import { Order } from './Order';
import { moved, movedLevel, type Outline, outlineOf, type Track, withoutLevel } from './outline';
import type { Draft } from './queries';
import { ScalesPanel } from './ScalesPanel';
import { type OutlineSaver, useOutlineSaver } from './useOutlineSaver';

/** What is open beside the lists; `at` is missing for something new. */
type Open =
  | { part: 'level'; track: number; at?: number }
  | { part: 'competency'; at?: number }
  | undefined;

/** Everything but the sentences: levels, competencies, scales, and what is expected where. */
export function OutlineTab({ draft }: { draft: Draft }) {
  const saver = useOutlineSaver(draft);
  const [open, setOpen] = useState<Open>();
  if (!draft.document) {
    return (
      <Empty title="The file has errors">
        Mend them in the file. Levels and competencies can be changed here when it can be read.
      </Empty>
    );
  }
  const outline = outlineOf(draft.document);
  const layers = draft.document.layers ?? [];
  const close = () => setOpen(undefined);
  return (
    <div className={classes.stack}>
      {layers.length > 0 && (
        <p className={cx(ui.small, ui.second)}>
          Built on {layers.map(({ from }) => from).join(', ')}. What comes from there is not listed;
          a competency with the same code here adds to it, replaces it or hides it.
        </p>
      )}
      {!open && <Failure saver={saver} />}
      <AboutForm key={draft.version} outline={outline} saver={saver} readOnly={!draft.canEdit} />
      {(outline.tracks ?? []).map((track, i) => (
        <TrackPanel
          key={track.code}
          track={track}
          readOnly={!draft.canEdit}
          onOpen={(at) => setOpen({ part: 'level', track: i, ...(at !== undefined && { at }) })}
          onMove={(at, by) =>
            saver.save(`move ${track.levels[at]?.code}`, movedLevel(outline, i, at, by))
          }
          onDrop={(at) =>
            saver.save(`drop ${track.levels[at]?.code}`, withoutLevel(outline, i, at))
          }
        />
      ))}
      <CompetencyPanel
        outline={outline}
        saver={saver}
        readOnly={!draft.canEdit}
        onOpen={(at) => setOpen({ part: 'competency', ...(at !== undefined && { at }) })}
      />
      <GroupsPanel outline={outline} saver={saver} readOnly={!draft.canEdit} />
      <ScalesPanel outline={outline} saver={saver} readOnly={!draft.canEdit} />
      {open?.part === 'level' && (
        <LevelForm draft={draft} outline={outline} saver={saver} {...open} onClose={close} />
      )}
      {open?.part === 'competency' && (
        <CompetencyForm draft={draft} outline={outline} saver={saver} {...open} onClose={close} />
      )}
    </div>
  );
}

type TrackProps = {
  track: Track;
  readOnly: boolean;
  onOpen: (at?: number) => void;
  onMove: (at: number, by: -1 | 1) => void;
  onDrop: (at: number) => void;
};

function TrackPanel({ track, readOnly, onOpen, onMove, onDrop }: TrackProps) {
  const name = track.name || track.code;
  return (
    <Panel
      title={`Levels: ${name}`}
      aside={!readOnly && <Button onClick={() => onOpen()}>Add a level</Button>}
    >
      <div className={classes.wide}>
        <table className={cx(table.table, table.list)} aria-label={`Levels of ${name}`}>
          <thead>
            <tr>
              <th scope="col">Level</th>
              <th scope="col">Title</th>
              <th scope="col">Same height</th>
              <th scope="col">From here</th>
              <th scope="col" className={ui.right}>
                <VisuallyHidden>Order</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {track.levels.map((level, at) => (
              <tr key={level.code}>
                <th scope="row">
                  <button type="button" className={ui.link} onClick={() => onOpen(at)}>
                    {level.code}
                  </button>
                </th>
                <td>{level.title}</td>
                <td>{level.equivalent.join(', ')}</td>
                <td>{level.next.join(', ')}</td>
                <td className={ui.right}>
                  {!readOnly && (
                    <Order
                      name={level.code}
                      first={at === 0}
                      last={at === track.levels.length - 1}
                      onMove={(by) => onMove(at, by)}
                      onDrop={() => onDrop(at)}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

type CompetencyPanelProps = {
  outline: Outline;
  saver: OutlineSaver;
  readOnly: boolean;
  onOpen: (at?: number) => void;
};

function CompetencyPanel({ outline, saver, readOnly, onOpen }: CompetencyPanelProps) {
  const { competencies, categories = [] } = outline;
  const save = (what: string, next: Outline['competencies']) =>
    saver.save(what, { ...outline, competencies: next });
  return (
    <Panel
      title="Competencies"
      aside={!readOnly && <Button onClick={() => onOpen()}>Add a competency</Button>}
    >
      <div className={classes.wide}>
        <table className={cx(table.table, table.list)} aria-label="Competencies">
          <thead>
            <tr>
              <th scope="col">Competency</th>
              <th scope="col">Category</th>
              <th scope="col">Scale</th>
              <th scope="col" className={ui.right}>
                <VisuallyHidden>Order</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {competencies.map(({ code, name, category, scale }, at) => (
              <tr key={code}>
                <th scope="row">
                  <button type="button" className={ui.link} onClick={() => onOpen(at)}>
                    {name || code}
                  </button>
                </th>
                <td>{categories.find((each) => each.code === category)?.name ?? category}</td>
                <td>{scale}</td>
                <td className={ui.right}>
                  {!readOnly && (
                    <Order
                      name={name || code}
                      first={at === 0}
                      last={at === competencies.length - 1}
                      onMove={(by) => save(`move ${name || code}`, moved(competencies, at, by))}
                      onDrop={() => save(`drop ${name || code}`, competencies.toSpliced(at, 1))}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
