import { useQuery } from '@tanstack/react-query';
import { whole } from '../../components/format';
import { PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPart } from '../../components/page/states';
import { cx, ui } from '../../components/ui';
import classes from './org.module.css';
import { unitsQuery } from './orgQueries';
import { PeopleTabs } from './PeopleTabs';
import { type Branch, branches } from './units';

/** The units of the company with their headcounts. Each unit leads to its people. */
export default function UnitsPage() {
  const units = useQuery(unitsQuery);
  return (
    <Page title="Units" crumbs={[{ label: 'People', path: '/people' }]} top={<PeopleTabs />}>
      <QueryPart query={units} what="The list of units">
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="There are no units yet">
              They arrive with the people, from a file or from the identity provider.
            </Empty>
          ) : (
            <div className={classes.tree}>
              <Units of={branches(items)} />
            </div>
          )
        }
      </QueryPart>
    </Page>
  );
}

function Units({ of }: { of: Branch[] }) {
  return (
    <ul className={classes.group}>
      {of.map((branch) => (
        <li key={branch.unit.id}>
          <Line branch={branch} />
          {branch.below.length > 0 && <Units of={branch.below} />}
        </li>
      ))}
    </ul>
  );
}

function Line({ branch: { unit, below } }: { branch: Branch }) {
  return (
    <span className={classes.unit}>
      <PathLink path={`/people?unit=${unit.id}`} className={ui.grow}>
        {unit.name}
      </PathLink>
      <span className={cx(ui.small, ui.second)}>
        {people(unit.direct)}
        {below.length > 0 && `, ${whole(unit.total)} including units below`}
      </span>
    </span>
  );
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${whole(count)} people`;
}
