import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { PanelCase } from '../../api/types';
import { count, dueWords, leftWords } from '../../components/format';
import { LevelGlyph } from '../../components/LevelGlyph';
import { PathButton, PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { Chip, cx, Face, ui } from '../../components/ui';
import { panelQuery } from './queries';

export default function PanelPage() {
  const cases = useQuery(panelQuery);
  return (
    <QueryPage query={cases} title="Cases to read" what="The list of cases to read">
      {({ items }) => <PanelScreen cases={items} />}
    </QueryPage>
  );
}

function waits(row: PanelCase): boolean {
  return row.mine !== 'sealed';
}

function PanelScreen({ cases }: { cases: PanelCase[] }) {
  const open = cases.filter(waits);
  const minutes = open.reduce((sum, row) => sum + row.readingMinutes, 0);
  const first = open[0];
  return (
    <Page
      title="Cases to read"
      crumbs={[{ label: 'Panel' }]}
      subtitle={
        open.length > 0
          ? `${count(open.length, 'case')} to read, about ${count(minutes, 'minute')}. You judge alone until the vote closes.`
          : undefined
      }
      action={
        first && (
          <PathButton variant="filled" path={`/panel/${first.caseId}`}>
            Open the first
          </PathButton>
        )
      }
    >
      {cases.length === 0 ? (
        <Empty title="No cases to read">
          When HR gives you a seat on a panel, the packet and your ballot appear here, with the
          reading time and the closing date.
        </Empty>
      ) : (
        <CaseTable cases={cases} />
      )}
    </Page>
  );
}

function CaseTable({ cases }: { cases: PanelCase[] }) {
  return (
    <div className={ui.panel}>
      <table className={cx(table.table, table.list)} aria-label="Cases to read">
        <thead>
          <tr>
            <th scope="col">Candidate</th>
            <th scope="col">Level</th>
            <th scope="col" className={ui.right}>
              Reading
            </th>
            <th scope="col">Closes</th>
            <th scope="col">Your ballot</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((row) => (
            <tr key={row.caseId}>
              <th scope="row">
                <span className={ui.row}>
                  <Face name={row.person.name} />
                  <PathLink path={`/panel/${row.caseId}`}>{row.person.name}</PathLink>
                </span>
              </th>
              <td>
                <span className={ui.row}>
                  <LevelGlyph level={row.toLevel} />
                  {row.fromLevel} to {row.toLevel}
                </span>
              </td>
              <td className={ui.right}>{row.readingMinutes} min</td>
              <td>
                {row.closesAt && (
                  <>
                    {dueWords(row.closesAt)}{' '}
                    <span className={ui.muted}>{leftWords(row.closesAt)}</span>
                  </>
                )}
              </td>
              <td>
                <Mine mine={row.mine} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Mine({ mine }: { mine: PanelCase['mine'] }) {
  if (mine === 'sealed') {
    return (
      <Chip tone="ok">
        <IconCheck size={13} stroke={1.5} aria-hidden="true" />
        Sealed
      </Chip>
    );
  }
  return <Chip tone="turn">{mine === 'draft' ? 'Draft' : 'Not started'}</Chip>;
}
