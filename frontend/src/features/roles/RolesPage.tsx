import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage, QueryPart } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, ui } from '../../components/ui';
import { AskRole } from './AskRole';
import { Grants } from './Grants';
import { GroupPreview } from './GroupPreview';
import { grantsQuery, type Holder, holdersQuery, roleWords } from './queries';
import classes from './roles.module.css';

export default function RolesPage() {
  const holders = useQuery(holdersQuery);
  return (
    <QueryPage query={holders} title="Roles" what="The roles">
      {({ items }) => <RolesScreen holders={items} />}
    </QueryPage>
  );
}

function RolesScreen({ holders }: { holders: Holder[] }) {
  const [asking, setAsking] = useState(false);
  const grants = useQuery(grantsQuery);
  return (
    <Page
      title="Roles"
      crumbs={[{ label: 'Platform' }]}
      subtitle="A role lets a person do more than everybody may. It takes two people to give a role here: one asks, and another allows it."
      action={
        <Button variant="filled" onClick={() => setAsking(true)}>
          Ask for a role
        </Button>
      }
    >
      <div className={classes.stack}>
        <QueryPart query={grants} what="The requests">
          {({ items }) => <Grants grants={items} />}
        </QueryPart>
        <Holders holders={holders} />
        <GroupPreview />
      </div>
      {asking && <AskRole onClose={() => setAsking(false)} />}
    </Page>
  );
}

const through = { sign_in: 'group at sign-in', group: 'pushed group', grant: 'given in Rung' };

function Holders({ holders }: { holders: Holder[] }) {
  if (holders.length === 0)
    return (
      <Empty title="Nobody holds a role yet">
        People get roles from their groups when they sign in, or when two people give one here.
      </Empty>
    );
  return (
    <Panel title="Who holds a role">
      <table className={cx(table.table, table.list)} aria-label="Who holds a role">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Role</th>
            <th scope="col">Where</th>
            <th scope="col">Through</th>
          </tr>
        </thead>
        <tbody>
          {holders.flatMap(({ person, sources }) =>
            sources.map((source, index) => (
              <tr key={person.id + source.role + source.through + (source.grantId ?? source.name)}>
                <th scope="row">
                  <PathLink path={`/people/${person.id}`}>{person.name}</PathLink>
                  {index > 0 && <span className={ui.muted}>, also</span>}
                </th>
                <td>
                  <Chip>{roleWords[source.role] ?? source.role}</Chip>
                </td>
                <td>{source.role === 'hr' ? source.scope : 'The whole company'}</td>
                <td className={ui.second}>
                  {through[source.through]}
                  {source.name && `: ${source.name}`}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </Panel>
  );
}
