import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useMe } from '../../api/me';
import { PersonSelect } from '../../components/input/PersonSelect';
import { Page } from '../../components/page/Page';
import { OrgTree } from './OrgTree';
import classes from './org.module.css';
import { lineQuery } from './orgQueries';
import { PeopleTabs } from './PeopleTabs';

const route = getRouteApi('/org');

/** Who reports to whom, loaded one level at a time, so that a company of any size opens at once. */
export default function OrgPage() {
  const { person } = route.useSearch();
  const navigate = route.useNavigate();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const me = useMe();
  const line = useQuery(lineQuery(person ?? me.person.id)); // without a search it opens at the reader
  const above = line.data?.items;
  useEffect(() => {
    if (above) setOpen((now) => new Set([...now, ...above.slice(0, -1).map(({ id }) => id)]));
  }, [above]);
  const toggle = (id: string, on: boolean) =>
    setOpen((now) => (on ? new Set([...now, id]) : new Set([...now].filter((x) => x !== id))));
  return (
    <Page title="Org chart" crumbs={[{ label: 'People', path: '/people' }]} top={<PeopleTabs />}>
      <div className={classes.find}>
        <PersonSelect
          label="Find a person"
          placeholder="Start of a name"
          clearable
          value={person ?? null}
          onChange={(id) => void navigate({ search: { person: id ?? undefined }, replace: true })}
        />
      </div>
      <OrgTree open={open} onToggle={toggle} found={person} />
    </Page>
  );
}
