import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useLadders } from '../../api/me';
import { dayWords } from '../../components/format';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage, QueryPart } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, ui } from '../../components/ui';
import { DiffView } from './DiffView';
import classes from './editor.module.css';
import { versionDiffQuery, versionsQuery } from './queries';

const route = getRouteApi('/ladders/$slug/versions');

const stateWords: Record<string, string> = {
  planned: 'Planned',
  in_force: 'In force',
  retired: 'Retired',
};

type Row = { version: string; effectiveFrom: string; state: string; changes: string };

/** The history of a ladder: every version, and what changed between any two. */
export default function VersionsPage() {
  const { slug } = route.useParams();
  const versions = useQuery(versionsQuery(slug));
  const name = useLadders().find((ladder) => ladder.slug === slug)?.name ?? slug;
  return (
    <QueryPage query={versions} title="Versions" what="The list of versions">
      {({ items }) => (
        <Page
          title="Versions"
          crumbs={[
            { label: 'Ladders', path: '/ladders' },
            { label: name, path: `/ladders/${slug}` },
          ]}
          subtitle="A published version never changes. Assessments and cases stay with the version that they started with."
        >
          <div className={classes.stack}>
            <History slug={slug} rows={items} />
            <Between slug={slug} rows={items} />
          </div>
        </Page>
      )}
    </QueryPage>
  );
}

function History({ slug, rows }: { slug: string; rows: Row[] }) {
  return (
    <Panel title="All versions">
      <table className={cx(table.table, table.list)} aria-label="All versions">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">State</th>
            <th scope="col">In force from</th>
            <th scope="col">What is new</th>
            <th scope="col" className={ui.right}>
              File
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.version}>
              <th scope="row">
                <a href={`/ladders/${slug}?version=${row.version}`} className={ui.link}>
                  {row.version}
                </a>
              </th>
              <td>
                <Chip tone={row.state === 'in_force' ? 'ok' : 'plain'}>
                  {stateWords[row.state]}
                </Chip>
              </td>
              <td>{dayWords(row.effectiveFrom)}</td>
              <td>{row.changes || <span className={ui.muted}>Not stated</span>}</td>
              <td className={ui.right}>
                <a
                  href={`/api/v1/ladders/${slug}/file?version=${row.version}`}
                  className={ui.link}
                  download
                >
                  YAML
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Between({ slug, rows }: { slug: string; rows: Row[] }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const from = search.from ?? rows[1]?.version ?? '';
  const to = search.to ?? rows[0]?.version ?? '';
  const diff = useQuery({
    ...versionDiffQuery(slug, from, to),
    enabled: from !== '' && from !== to,
  });
  if (rows.length < 2) {
    return <Empty title="One version so far">You can compare it with the next one here.</Empty>;
  }
  const data = rows.map(({ version }) => version);
  const choose = (part: { from?: string; to?: string }) =>
    void navigate({ search: { from, to, ...part }, replace: true });
  return (
    <>
      <div className={cx(ui.row, classes.between)}>
        <Select
          label="From"
          data={data}
          value={from}
          allowDeselect={false}
          onChange={(version) => choose({ from: version ?? from })}
        />
        <Select
          label="To"
          data={data}
          value={to}
          allowDeselect={false}
          onChange={(version) => choose({ to: version ?? to })}
        />
      </div>
      {from === to ? (
        <Empty title="The same version">Choose two versions to see what changed.</Empty>
      ) : (
        <QueryPart query={diff} what="The comparison">
          {(changes) => <DiffView diff={changes} />}
        </QueryPart>
      )}
    </>
  );
}
