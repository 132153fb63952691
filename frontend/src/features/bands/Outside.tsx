import { IconTriangle, IconTriangleInverted } from '@tabler/icons-react';
import type { BandComparison } from '../../api/types';
import { money, ratio } from '../../components/format';
import { PathLink } from '../../components/links';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, ui } from '../../components/ui';
import classes from './bands.module.css';

/** Who is paid outside their band, and by how much. */
export function Outside({ comparison: { outside, view } }: { comparison: BandComparison }) {
  return (
    <Panel
      title="Outside the band"
      aside={<span className={cx(ui.small, ui.second)}>{outside.length}</span>}
    >
      {outside.length === 0 ? (
        <p className={cx(ui.small, ui.second, classes.note)}>
          {view === 'people'
            ? 'Nobody is paid outside their band.'
            : 'The view of people names those who are paid outside their band.'}
        </p>
      ) : (
        <table className={cx(table.table, table.reading, table.list)} aria-label="Outside the band">
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">Level</th>
              <th scope="col">Location</th>
              <th scope="col">Where</th>
              <th scope="col" className={ui.right}>
                Pay
              </th>
              <th scope="col" className={ui.right}>
                Compa-ratio
              </th>
              <th scope="col" className={ui.right}>
                Gap to the band
              </th>
            </tr>
          </thead>
          <tbody>
            {outside.map((row) => (
              <tr key={row.person.id}>
                <th scope="row">
                  <PathLink path={`/people/${row.person.id}`}>{row.person.name}</PathLink>
                </th>
                <td>{row.level}</td>
                <td>{row.location}</td>
                <td>
                  <Where bucket={row.bucket} />
                </td>
                <td className={cx(ui.right, ui.number)}>{money(row.pay)}</td>
                <td className={cx(ui.right, ui.number)}>{ratio(row.compa)}</td>
                <td className={cx(ui.right, ui.number)}>{money(row.gap)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Where({ bucket }: { bucket: 'below' | 'above' }) {
  const Icon = bucket === 'below' ? IconTriangleInverted : IconTriangle;
  return (
    <Chip tone="bad">
      <Icon size={13} stroke={1.5} aria-hidden="true" />
      {bucket}
    </Chip>
  );
}
