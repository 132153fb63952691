import { Button, Select, TextInput } from '@mantine/core';
import { IconArrowDown, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMe } from '../../api/me';
import { isProblem } from '../../api/problem';
import type { PersonRow } from '../../api/types';
import { money } from '../../components/format';
import { LevelGlyph } from '../../components/LevelGlyph';
import { PathButton, PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, NoMatch, QueryPart } from '../../components/page/states';
import { TableFrame } from '../../components/table/TableFrame';
import table from '../../components/table/table.module.css';
import { cx, Face, ui } from '../../components/ui';
import { StepUp } from '../pay/StepUp';
import { ExportPeople } from './ExportPeople';
import { PeopleTabs } from './PeopleTabs';
import classes from './people.module.css';
import { facetsQuery, type PeopleFilter, peopleQuery } from './queries';

const route = getRouteApi('/people');

function usePeopleSearch() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (part: PeopleFilter) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  return { search, change };
}

export default function PeoplePage() {
  const { search } = usePeopleSearch();
  const people = useInfiniteQuery(peopleQuery(search));
  const { can } = useMe();
  return (
    <Page
      title="People"
      top={<PeopleTabs />}
      action={
        <div className={ui.row}>
          <ExportPeople filter={search} />
          {can.includes('people.import') && (
            <PathButton path="/imports?kind=people">Import people</PathButton>
          )}
        </div>
      }
    >
      <Filters />
      {isProblem(people.error, 'step_up') ? (
        <StepUp>You can sort by pay for half an hour after you sign in.</StepUp>
      ) : (
        <QueryPart query={people} what="The directory">
          {({ pages }) => (
            <Directory
              rows={pages.flatMap((page) => page.items)}
              payMasked={!pages.some((page) => page.items.some((row) => row.pay))}
            />
          )}
        </QueryPart>
      )}
      {people.hasNextPage && (
        <Button
          mt={12}
          loading={people.isFetchingNextPage}
          onClick={() => void people.fetchNextPage()}
        >
          Show more people
        </Button>
      )}
    </Page>
  );
}

function Filters() {
  const { search, change } = usePeopleSearch();
  const facets = useQuery(facetsQuery).data;
  const units = facets?.units.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  return (
    <div className={classes.filters}>
      <TextInput
        type="search"
        aria-label="Search people"
        placeholder="Search people"
        leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
        defaultValue={search.q}
        onChange={(event) => change({ q: event.currentTarget.value || undefined })}
      />
      <Facet
        label="Level"
        data={facets?.levels.map((level) => ({ value: level, label: level })) ?? []}
        value={search.level}
        onChange={(level) => change({ level })}
      />
      <Facet
        label="Location"
        data={facets?.locations.map((location) => ({ value: location, label: location })) ?? []}
        value={search.location}
        onChange={(location) => change({ location })}
      />
      <Facet label="Unit" data={units} value={search.unit} onChange={(unit) => change({ unit })} />
    </div>
  );
}

type FacetProps = {
  label: string;
  data: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

function Facet({ label, data, value, onChange }: FacetProps) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      data={data}
      value={value ?? null}
      clearable
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

function Directory({ rows, payMasked }: { rows: PersonRow[]; payMasked: boolean }) {
  const { search, change } = usePeopleSearch();
  const filtered = search.q ?? search.level ?? search.location ?? search.unit;
  if (rows.length === 0 && filtered) {
    const clear = { q: undefined, level: undefined, location: undefined, unit: undefined };
    return (
      <NoMatch
        title="Nobody matches"
        action={<Button onClick={() => change(clear)}>Clear all</Button>}
      >
        Remove a filter to see more people.
      </NoMatch>
    );
  }
  if (rows.length === 0) {
    return (
      <Empty title="The directory is empty">
        HR imports people from a file, or the identity provider sends them.
      </Empty>
    );
  }
  return (
    <TableFrame label="Directory">
      <table className={cx(table.table, table.reading, table.list)} aria-label="People">
        <thead>
          <tr>
            <SortHead sort="name" label="Name" />
            <th scope="col">Level</th>
            <th scope="col">Title</th>
            <th scope="col">Location</th>
            <th scope="col">Unit</th>
            <th scope="col">Manager</th>
            {!payMasked && <SortHead sort="pay" label="Pay, 1.0 FTE" right />}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} payMasked={payMasked} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

type SortProps = { sort: NonNullable<PeopleFilter['sort']>; label: string; right?: boolean };

function SortHead({ sort, label, right }: SortProps) {
  const { search, change } = usePeopleSearch();
  const on = (search.sort ?? 'name') === sort;
  return (
    <th scope="col" className={right ? ui.right : undefined} aria-sort={on ? 'ascending' : 'none'}>
      <button type="button" className={table.sortButton} onClick={() => change({ sort })}>
        {label}
        {on && <IconArrowDown size={14} stroke={1.5} aria-hidden="true" />}
      </button>
    </th>
  );
}

function Row({ row, payMasked }: { row: PersonRow; payMasked: boolean }) {
  return (
    <tr>
      <th scope="row">
        <span className={ui.row}>
          <Face name={row.name} />
          <PathLink path={`/people/${row.id}`}>{row.name}</PathLink>
        </span>
      </th>
      <td>
        <span className={ui.row}>
          <LevelGlyph level={row.level} />
          {row.level}
        </span>
      </td>
      <td>{row.title}</td>
      <td>{row.location}</td>
      <td>{row.unit?.name}</td>
      <td>{row.manager?.name}</td>
      {!payMasked && <td className={cx(ui.right, ui.number)}>{row.pay && money(row.pay)}</td>}
    </tr>
  );
}
