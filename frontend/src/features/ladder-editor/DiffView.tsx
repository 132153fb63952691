import { Segments } from '../../components/text/Segments';
import { Chip, Panel, ui } from '../../components/ui';
import { countWords, moveWords } from './changes';
import classes from './editor.module.css';
import type { VersionDiff } from './queries';

type Change = VersionDiff['competencies'][number];
type CellChange = Change['cells'][number];

const changeWords: Record<string, string> = { new: 'New', removed: 'Dropped', same: 'Changed' };
const stepWords: Record<string, string> = {
  major: 'A major step: the expectations have another meaning.',
  minor: 'A minor step: more is expected, and the rest keeps its meaning.',
  patch: 'A patch: the same in other words.',
  none: 'Nothing changes.',
};

/** Two versions compared in words: why the version number rises, and each cell that differs. */
export function DiffView({ diff }: { diff: VersionDiff }) {
  return (
    <div className={classes.stack}>
      <Panel title="In short">
        <div className={classes.body}>
          <p>{stepWords[diff.step]}</p>
          <ul className={classes.why}>
            {diff.why.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
          {Object.keys(diff.counts).length > 0 && (
            <p className={ui.second}>Sentences: {countWords(diff.counts)}.</p>
          )}
        </div>
      </Panel>
      {diff.levels.length > 0 && <Levels diff={diff} />}
      {diff.competencies.map((change) => (
        <Panel
          key={change.code}
          title={change.name}
          aside={<Chip>{changeWords[change.change]}</Chip>}
        >
          {change.cells.map((cell) => (
            <Cell key={cell.level} cell={cell} />
          ))}
        </Panel>
      ))}
    </div>
  );
}

function Levels({ diff }: { diff: VersionDiff }) {
  return (
    <Panel title="Levels">
      {diff.levels.map((level) => (
        <div key={level.code} className={classes.change}>
          <div className={classes.changeHead}>
            <b>{level.code}</b> <Chip>{changeWords[level.change]}</Chip>
          </div>
          <p>
            <Segments segments={level.title} removed />
          </p>
          <p className={ui.second}>
            <Segments segments={level.about} removed />
          </p>
        </div>
      ))}
    </Panel>
  );
}

function Cell({ cell }: { cell: CellChange }) {
  return (
    <div className={classes.change}>
      <div className={classes.changeHead}>
        <b>{cell.level}</b>
        {cell.moves.map((move) => (
          <Chip key={`${move.old.join()}>${move.new.join()}`}>
            {move.moved ? 'moved' : moveWords[move.type]}
          </Chip>
        ))}
      </div>
      <p>
        <Segments segments={cell.segments} removed />
      </p>
    </div>
  );
}
