import type { Team } from '../../api/types';
import { Audience } from '../../components/bar/Audience';
import { Meter } from '../../components/Meter';
import { TableFrame } from '../../components/table/TableFrame';
import table from '../../components/table/table.module.css';
import { cx, ui } from '../../components/ui';
import classes from './team.module.css';

/** The manager's own draft ratings of everybody, competency by competency. Never a score. */
export function Readiness({ team }: { team: Team }) {
  const scale = team.competencies[0]?.scale ?? [];
  return (
    <section aria-label="Your readiness scan">
      <div className={cx(ui.row, ui.wrap, classes.scanHead)}>
        <h2>Your readiness scan</h2>
        <span className={cx(ui.small, ui.muted, ui.grow)}>
          Your own draft ratings against each target level
        </span>
        {scale.map(({ key, label }, rating) => (
          <span key={key} className={cx(ui.row, ui.tiny, ui.second, classes.legend)}>
            <Meter rating={rating} scale={scale} />
            {label}
          </span>
        ))}
        {team.bar && <Audience audience={team.bar.audience} />}
      </div>
      <TableFrame label="Readiness scan, scrollable">
        <table className={cx(table.table, table.reading, classes.scan)} aria-label="Readiness scan">
          <thead>
            <tr>
              <th scope="col">Person</th>
              {team.competencies.map((competency) => (
                <th key={competency.code} scope="col" title={competency.name}>
                  {competency.short}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {team.readiness.map(({ person, target, ratings: given }) => (
              <tr key={person.id}>
                <th scope="row">
                  {person.name} <span className={ui.muted}>vs {target}</span>
                </th>
                {team.competencies.map(({ code, scale }) => (
                  <td key={code}>
                    <Meter rating={given[code] ?? null} scale={scale} alone />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </section>
  );
}
