import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMe } from '../../api/me';
import type { CaseRow } from '../../api/types';
import { dueWords } from '../../components/format';
import { LevelGlyph } from '../../components/LevelGlyph';
import { LinkButton, PathButton, PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPart } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { Chip, cx, Face, ui } from '../../components/ui';
import { casesQuery, type Scope } from './queries';

const route = getRouteApi('/cases');

const titles: Record<Scope, string> = {
  mine: 'Promotion',
  managed: 'Promotion cases',
  all: 'All promotion cases',
};
const rights: [Scope, string, string][] = [
  ['mine', 'cases.own', 'Mine'],
  ['managed', 'cases.manage', 'My team'],
  ['all', 'cases.all', 'Company'],
];

export default function CasesPage() {
  const { scope: asked, state } = route.useSearch();
  const { can, person } = useMe();
  const scopes = rights.filter(([, right]) => can.includes(right));
  const scope = asked ?? scopes[0]?.[0] ?? 'mine';
  const navigate = route.useNavigate();
  const cases = useInfiniteQuery(casesQuery(scope, state));
  return (
    <Page
      title={titles[scope]}
      action={
        <>
          {scopes.length > 1 && (
            <SegmentedControl
              aria-label="Which cases"
              data={scopes.map(([value, , label]) => ({ value, label }))}
              value={scope}
              onChange={(next) =>
                void navigate({ search: { scope: next as Scope, state: undefined } })
              }
            />
          )}
          {scope === 'mine' && (
            <PathButton path={`/people/${person.id}/case`}>Start a case</PathButton>
          )}
        </>
      }
    >
      <QueryPart query={cases} what="The list of cases">
        {({ pages }) => <CaseList rows={pages.flatMap((page) => page.items)} scope={scope} />}
      </QueryPart>
      {cases.hasNextPage && <Button onClick={() => void cases.fetchNextPage()}>Show more</Button>}
    </Page>
  );
}

function CaseList({ rows, scope }: { rows: CaseRow[]; scope: Scope }) {
  if (rows.length === 0) return <NoCases scope={scope} />;
  return (
    <div className={ui.panel}>
      <table className={cx(table.table, table.list)} aria-label={titles[scope]}>
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">Level</th>
            <th scope="col">State</th>
            <th scope="col">Turn</th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { row: CaseRow }) {
  const { person, fromLevel, toLevel, bar } = row;
  return (
    <tr>
      <th scope="row">
        <span className={ui.row}>
          <Face name={person.name} />
          <PathLink path={`/cases/${row.id}`}>{person.name}</PathLink>
        </span>
      </th>
      <td>
        <span className={ui.row}>
          <LevelGlyph level={toLevel} />
          {fromLevel} to {toLevel}
        </span>
      </td>
      <td>
        {bar.words}
        <span className={ui.muted}>
          , step {bar.step} of {bar.steps}
        </span>
      </td>
      <td>{bar.turn.you ? <Chip tone="turn">You</Chip> : bar.turn.words}</td>
      <td className={ui.number}>{bar.dueAt && dueWords(bar.dueAt)}</td>
    </tr>
  );
}

function NoCases({ scope }: { scope: Scope }) {
  if (scope !== 'mine') {
    return (
      <Empty title="No promotion case is open">
        A case starts from the comparison of your assessment with your report’s self-assessment, or
        from the page of the person.
      </Empty>
    );
  }
  return (
    <Empty
      title="No promotion case yet"
      action={
        <LinkButton to="/assessments" search={{ target: undefined }} variant="filled">
          Open my assessment
        </LinkButton>
      }
    >
      Assess yourself against the next level first. When you and your manager have both submitted, a
      case can be started from the comparison.
    </Empty>
  );
}
