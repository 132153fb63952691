import { useQuery } from '@tanstack/react-query';
import { useMe } from '../../api/me';
import { dueWords } from '../../components/format';
import { PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel } from '../../components/ui';
import { Desk } from './Desk';
import classes from './editor.module.css';
import { NewLadder } from './NewLadder';
import { OpenFile } from './OpenFile';
import { type DraftBrief, draftsQuery } from './queries';

/** The owner's desk: drafts, and the ladders that they change. Others get what is in review. */
export default function DraftsPage() {
  const drafts = useQuery(draftsQuery);
  const { can } = useMe();
  const owns = can.includes('ladders.edit');
  return (
    <QueryPage query={drafts} title="Ladder drafts" what="The list of drafts">
      {({ items }) => (
        <Page
          title="Ladder drafts"
          subtitle={
            owns
              ? 'The next versions of ladders. A draft in review collects comments, and a second person publishes it.'
              : 'Drafts in review. Say what you think before they are published.'
          }
          action={
            owns ? (
              <>
                <NewLadder />
                <OpenFile />
              </>
            ) : undefined
          }
        >
          <div className={classes.stack}>
            {items.length === 0 ? (
              <Empty title={owns ? 'No draft is open' : 'Nothing is in review'}>
                {owns
                  ? 'Start one from a ladder below, create a new ladder, or open a file: YAML, a table in CSV or XLSX, or a page in Markdown or HTML with levels as headings.'
                  : 'When an owner proposes a new version of a ladder, it appears here.'}
              </Empty>
            ) : (
              <DraftTable drafts={items} />
            )}
            {owns && <Desk drafts={items} />}
          </div>
        </Page>
      )}
    </QueryPage>
  );
}

const stateWords: Record<string, string> = {
  draft: 'Draft',
  review: 'In review',
  published: 'Published',
  discarded: 'Discarded',
};

function DraftTable({ drafts }: { drafts: DraftBrief[] }) {
  return (
    <Panel title="Open drafts">
      <table className={cx(table.table, table.list)} aria-label="Open drafts">
        <thead>
          <tr>
            <th scope="col">Ladder</th>
            <th scope="col">State</th>
            <th scope="col">Author</th>
            <th scope="col">Last change</th>
          </tr>
        </thead>
        <tbody>
          {drafts.map((draft) => (
            <tr key={draft.id}>
              <th scope="row">
                <PathLink path={`/ladder-drafts/${draft.id}`}>{draft.name}</PathLink>
              </th>
              <td>
                <Chip tone={draft.state === 'review' ? 'accent' : 'plain'}>
                  {stateWords[draft.state]}
                </Chip>
              </td>
              <td>{draft.author.name}</td>
              <td>{dueWords(draft.updatedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
