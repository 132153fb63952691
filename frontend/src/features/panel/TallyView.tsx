import type { Tally } from '../../api/types';
import { voteWord } from '../../components/input/VoteInput';
import { Meter } from '../../components/Meter';
import table from '../../components/table/table.module.css';
import { Words } from '../../components/text/Words';
import { cx, Panel, ui } from '../../components/ui';
import classes from './panel.module.css';

/** The result after the close: counts, the spread by competency, and reasons without names. */
export function TallyView({ tally }: { tally: Tally }) {
  const { counts, valid, quorum, rule } = tally;
  return (
    <>
      <Panel
        title="Result of the vote"
        aside={
          <span className={cx(ui.small, valid >= quorum ? ui.second : ui.bad)}>
            {valid} valid ballots, {quorum} needed
          </span>
        }
      >
        <div className={classes.tally}>
          <p className={ui.bold}>
            {counts.approve} approve, {counts.notYet} not yet, {counts.decline} decline
          </p>
          <p className={cx(ui.small, ui.second)}>{rule}</p>
        </div>
        {byScale(tally).map((rows) => (
          <Spread key={rows[0]?.competency} rows={rows} />
        ))}
      </Panel>
      <Panel title="Ballots">
        {tally.ballots.map((ballot) => (
          <article key={ballot.seat} className={classes.cast} aria-label={ballot.seat}>
            <div className={ui.row}>
              <h3 className={ui.grow}>{ballot.seat}</h3>
              <span className={ui.medium}>{voteWord(ballot.vote)}</span>
              <span className={cx(ui.small, ui.muted)}>{ballot.confidence} confidence</span>
            </div>
            <Words text={ballot.reason} />
          </article>
        ))}
      </Panel>
    </>
  );
}

type Criterion = Tally['criteria'][number];

/** Competencies with the same scale share a table. Those that need discussion come first. */
function byScale(tally: Tally): Criterion[][] {
  const groups = new Map<string, Criterion[]>();
  for (const row of tally.criteria.toSorted((one, other) => other.spread - one.spread)) {
    const scale = row.scale.map(({ key }) => key).join();
    groups.set(scale, [...(groups.get(scale) ?? []), row]);
  }
  return [...groups.values()];
}

function Spread({ rows }: { rows: Criterion[] }) {
  const scale = rows[0]?.scale ?? [];
  return (
    <table className={cx(table.table, table.reading)} aria-label="Marks by competency">
      <thead>
        <tr>
          <th scope="col">Competency</th>
          {scale.map(({ key, label }, rating) => (
            <th key={key} scope="col" className={ui.right}>
              <span className={ui.row}>
                <Meter rating={rating} scale={scale} />
                {label}
              </span>
            </th>
          ))}
          <th scope="col" className={ui.right}>
            Spread
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.competency}>
            <th scope="row">{row.name}</th>
            {row.marks.map((count, rating) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the column is the rating
              <td key={rating} className={ui.right}>
                {count}
              </td>
            ))}
            <td className={ui.right}>{row.spread}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
