import { useQuery } from '@tanstack/react-query';
import { useMe } from '../../api/me';
import type { Person } from '../../api/types';
import { Audience } from '../../components/bar/Audience';
import { dayWords } from '../../components/format';
import { RatingWord } from '../../components/Meter';
import table from '../../components/table/table.module.css';
import { cx, Panel, ui } from '../../components/ui';
import { depthScale, lastUsedWords, ratingOf, saidOf, type Use } from './profile';
import { profileQuery } from './queries';
import classes from './technology.module.css';

/** What a report works with, for their manager. */
export function PersonTechnologies({ person }: { person: Person }) {
  const { person: me } = useMe();
  const reads = person.manager?.id === me.id || person.id === me.id;
  const profile = useQuery({ ...profileQuery(person.id), enabled: reads });
  if (!profile.data) return null;
  const { uses, audience } = profile.data;
  return (
    <Panel title="Technologies" aside={<Audience audience={audience} />}>
      {uses.length === 0 ? (
        <p className={cx(classes.none, ui.second)}>
          {person.name} has not described what they work with.
        </p>
      ) : (
        <UseTable uses={uses} />
      )}
    </Panel>
  );
}

function UseTable({ uses }: { uses: Use[] }) {
  return (
    <table
      className={cx(table.table, table.reading, table.list, classes.profile)}
      aria-label="Technologies"
    >
      <thead>
        <tr>
          <th scope="col">Technology</th>
          <th scope="col">Depth</th>
          <th scope="col">Last used</th>
          <th scope="col">Stance</th>
          <th scope="col">Updated</th>
        </tr>
      </thead>
      <tbody>
        {uses.map((use) => (
          <tr key={use.id}>
            <th scope="row">{use.name}</th>
            <td>
              <RatingWord rating={ratingOf(saidOf(use))} scale={depthScale} />
            </td>
            <td>{lastUsedWords(use.lastUsed)}</td>
            <td className={classes.said}>{use.stance}</td>
            <td className={classes.day}>{dayWords(use.saidOn)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
