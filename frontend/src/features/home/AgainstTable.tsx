import type { AgainstRow, Home } from '../../api/types';
import { Audience } from '../../components/bar/Audience';
import { ageWords, isOld } from '../../components/format';
import { PathLink } from '../../components/links';
import { RatingWord } from '../../components/Meter';
import table from '../../components/table/table.module.css';
import { cx, ui } from '../../components/ui';
import classes from './home.module.css';

type Against = NonNullable<Home['against']>;

export function AgainstTable({ against }: { against: Against }) {
  const { target, state, ladderVersion, rows, assessmentId, audience } = against;
  return (
    <section className={ui.wideOnly} aria-label={`You against ${target.code} ${target.title}`}>
      <div className={cx(ui.row, classes.heading)}>
        <h2>
          You against {target.code} {target.title}
        </h2>
        <span className={cx(ui.small, ui.muted, ui.grow)}>
          {state} self-assessment, ladder {ladderVersion}
        </span>
        <Audience audience={audience} />
      </div>
      <div className={ui.panel}>
        <table className={cx(table.table, table.reading)}>
          <thead>
            <tr>
              <th scope="col">Competency</th>
              <th scope="col">Your rating</th>
              <th scope="col" className={ui.right}>
                Evidence
              </th>
              <th scope="col" className={ui.right}>
                Newest
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.competency} row={row} assessmentId={assessmentId} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ row, assessmentId }: { row: AgainstRow; assessmentId: string }) {
  return (
    <tr>
      <th scope="row">
        <PathLink path={`/assessments/${assessmentId}?c=${row.competency}`}>{row.name}</PathLink>
      </th>
      <td>
        <RatingWord rating={row.rating} scale={row.scale} />
      </td>
      <td className={ui.right}>
        {row.evidence > 0 ? row.evidence : <span className={ui.turn}>None yet</span>}
      </td>
      <td className={cx(ui.right, isOld(row.newestOn) ? ui.turn : ui.muted)}>
        {row.newestOn && ageWords(row.newestOn)}
        {isOld(row.newestOn) && ' · getting old'}
      </td>
    </tr>
  );
}
