import { Button, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { laddersQuery, useMe } from '../../api/me';
import { dayWords, dueWords } from '../../components/format';
import { PathLink } from '../../components/links';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage, QueryPart } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, ui } from '../../components/ui';
import classes from './editor.module.css';
import { NewLadder } from './NewLadder';
import { OpenFile } from './OpenFile';
import { type DraftBrief, draftsQuery, useConfigureLadder, useStartDraft } from './queries';

/** The owner's desk: drafts, and the ladders that they change. Others see what is in review. */
export default function DraftsPage() {
  const drafts = useQuery(draftsQuery);
  const { can } = useMe();
  const owns = can.includes('ladders.edit');
  return (
    <QueryPage query={drafts} title="Drafts of ladders" what="The list of drafts">
      {({ items }) => (
        <Page
          title="Drafts of ladders"
          subtitle={
            owns
              ? 'The next versions. Everybody reads and comments on what is in review; a second person publishes it.'
              : 'What is in review. Read it and say what you think before it is published.'
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
                  ? 'Begin one from a ladder below, name a new ladder, or open a file.'
                  : 'When an owner proposes a new version of a ladder, it stands here.'}
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
  discarded: 'Given up',
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
                <Chip tone={draft.state === 'review' ? 'turn' : 'plain'}>
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

function Desk({ drafts }: { drafts: DraftBrief[] }) {
  const ladders = useQuery(laddersQuery);
  const start = useStartDraft();
  const configure = useConfigureLadder();
  const navigate = useNavigate();
  const begin = (slug: string) =>
    start.mutate(
      { slug },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: '/ladder-drafts/$id', params: { id }, search: { tab: undefined } }),
      },
    );
  const open = new Map(drafts.map((draft) => [draft.slug, draft.id]));
  return (
    <QueryPart query={ladders} what="The list of ladders">
      {({ items }) => (
        <Panel title="Published ladders">
          {(start.error ?? configure.error) && (
            <p role="alert" className={cx(ui.bad, classes.body)}>
              {(start.error ?? configure.error)?.message}
            </p>
          )}
          <table className={cx(table.table, table.list)} aria-label="Published ladders">
            <thead>
              <tr>
                <th scope="col">Ladder</th>
                <th scope="col">Version</th>
                <th scope="col">Public link</th>
                <th scope="col" className={ui.right}>
                  Next
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ slug, name, version, effectiveFrom, public: shown }) => (
                <tr key={slug}>
                  <th scope="row">
                    <PathLink path={`/ladders/${slug}`}>{name}</PathLink>
                  </th>
                  <td>
                    <PathLink path={`/ladders/${slug}/versions`}>{version}</PathLink>, since{' '}
                    {dayWords(effectiveFrom)}
                  </td>
                  <td>
                    <Switch
                      aria-label={`Public link of ${name}`}
                      label={shown ? <a href={`/public/ladders/${slug}`}>On</a> : 'Off'}
                      checked={shown}
                      onChange={(event) =>
                        configure.mutate({ slug, shown: event.currentTarget.checked })
                      }
                    />
                  </td>
                  <td className={ui.right}>
                    {open.has(slug) ? (
                      <PathLink path={`/ladder-drafts/${open.get(slug)}`}>Open draft</PathLink>
                    ) : (
                      <Button size="xs" onClick={() => begin(slug)}>
                        Begin a draft
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </QueryPart>
  );
}
