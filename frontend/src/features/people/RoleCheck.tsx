import { useQuery } from '@tanstack/react-query';
import { useMe } from '../../api/me';
import { apiQuery } from '../../api/query';
import type { Person } from '../../api/types';
import { ReadBy } from '../../components/bar/ReadBy';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, ui } from '../../components/ui';
import classes from './people.module.css';

const roleCheckQuery = (id: string) => ({
  ...apiQuery('/people/{id}/role-check', { path: { id } }),
  retry: false,
});

/** Whether the work fits the shape of the level. */
export function RoleCheck({ person }: { person: Person }) {
  const { person: me, can } = useMe();
  const reads = person.manager?.id === me.id || (can.includes('holds') && person.id !== me.id);
  const check = useQuery({ ...roleCheckQuery(person.id), enabled: reads });
  if (!check.data) return null;
  const { fits, closerTo, facts, words } = check.data;
  return (
    <Panel
      title="Role check"
      aside={
        <span className={ui.row}>
          {closerTo && <Chip tone="turn">{`Closer to ${closerTo.code}`}</Chip>}
          <ReadBy resource="role_check" id={person.id} />
        </span>
      }
    >
      <p className={cx(classes.roleCheck, fits && ui.second)}>{words}</p>
      {facts.length > 0 && (
        <table className={cx(table.table, table.list)} aria-label="Role check">
          <thead>
            <tr>
              <th scope="col">Fact</th>
              <th scope="col">On record</th>
              <th scope="col">Typical</th>
            </tr>
          </thead>
          <tbody>
            {facts.map((fact) => (
              <tr key={fact.name}>
                <th scope="row">{fact.name}</th>
                <td className={fact.fits ? undefined : ui.turn}>{fact.have}</td>
                <td>{fact.expected}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
