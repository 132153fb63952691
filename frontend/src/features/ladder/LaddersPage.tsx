import { useQuery } from '@tanstack/react-query';
import { laddersQuery } from '../../api/me';
import type { LadderBrief } from '../../api/types';
import { ReadBy } from '../../components/bar/ReadBy';
import { dayWords } from '../../components/format';
import { PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { cx, ui } from '../../components/ui';

export default function LaddersPage() {
  const ladders = useQuery(laddersQuery);
  return (
    <QueryPage query={ladders} title="Ladders" what="The list of ladders">
      {({ items }) => (
        <Page
          title="Ladders"
          subtitle="What each level means."
          chips={<ReadBy resource="ladder" />}
        >
          {items.length > 0 ? (
            <LadderTable ladders={items} />
          ) : (
            <Empty title="No ladder is published yet">
              When the owner of a ladder publishes a version, it appears here.
            </Empty>
          )}
        </Page>
      )}
    </QueryPage>
  );
}

function LadderTable({ ladders }: { ladders: LadderBrief[] }) {
  return (
    <div className={ui.panel}>
      <table className={cx(table.table, table.list)}>
        <thead>
          <tr>
            <th scope="col">Ladder</th>
            <th scope="col">Units</th>
            <th scope="col">Version</th>
            <th scope="col">In force since</th>
            <th scope="col" className={ui.right}>
              Levels
            </th>
            <th scope="col" className={ui.right}>
              Competencies
            </th>
          </tr>
        </thead>
        <tbody>
          {ladders.map((ladder) => (
            <tr key={ladder.slug}>
              <th scope="row">
                <PathLink path={`/ladders/${ladder.slug}`}>{ladder.name}</PathLink>
              </th>
              <td>{ladder.units.map(({ name }) => name).join(', ')}</td>
              <td>{ladder.version}</td>
              <td>{dayWords(ladder.effectiveFrom)}</td>
              <td className={ui.right}>{ladder.levels}</td>
              <td className={ui.right}>{ladder.competencies}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
