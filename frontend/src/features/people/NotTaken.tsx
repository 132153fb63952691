import type { Person } from '../../api/types';
import { Panel } from '../../components/ui';
import classes from './people.module.css';

/** What the identity provider sent about a person and Rung could not use; the server tells only those who can mend it. */
export function NotTaken({ person }: { person: Person }) {
  if (!person.notTaken?.length) return null;
  return (
    <Panel title="Not taken from the identity provider">
      <dl className={classes.facts}>
        {person.notTaken.map((n) => (
          <div key={n.attribute}>
            <dt>{n.attribute}</dt>
            <dd>
              {n.value}: {n.reason}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
