import { Button, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isProblem } from '../../api/problem';
import { AutosaveStatus } from '../../components/autosave/AutosaveStatus';
import { Page } from '../../components/page/Page';
import { QueryPage } from '../../components/page/states';
import { Chip, cx, ui } from '../../components/ui';
import { ChangesTab } from './ChangesTab';
import { CommentsTab } from './CommentsTab';
import classes from './editor.module.css';
import { FileTab } from './FileTab';
import { GridTab } from './GridTab';
import { HistoryContext, useDraftHistory } from './history';
import { OutlineTab } from './OutlineTab';
import { Publish } from './Publish';
import { type Draft, draftQuery, useDraftStep } from './queries';
import { UndoBar } from './UndoBar';

const route = getRouteApi('/ladder-drafts/$id');

export default function DraftPage() {
  const { id } = route.useParams();
  const draft = useQuery(draftQuery(id));
  return (
    <QueryPage query={draft} title="Draft" what="The draft">
      {(data) => <DraftScreen draft={data} />}
    </QueryPage>
  );
}

function DraftScreen({ draft }: { draft: Draft }) {
  const { tab = 'grid' } = route.useSearch();
  const navigate = route.useNavigate();
  const errors = draft.findings.filter(({ level }) => level === 'error').length;
  const history = useDraftHistory(draft);
  const open = draft.comments.filter(({ resolvedAt }) => resolvedAt === null).length;
  return (
    <Page
      title={draft.name}
      shortTitle={`Draft of ${draft.name}`}
      crumbs={[{ label: 'Ladder drafts', path: '/ladder-drafts' }]}
      chips={
        <Chip tone="line">
          {draft.baseVersion ? `Changes ${draft.baseVersion}` : 'A new ladder'}
        </Chip>
      }
      top={<AutosaveStatus />}
      action={<Actions draft={draft} />}
      bar={draft.bar}
    >
      <HistoryContext value={history}>
        <Tabs
          value={tab}
          onChange={(next) => void navigate({ search: { tab: next ?? 'grid' }, replace: true })}
          keepMounted={false}
        >
          <div className={classes.tabs}>
            <Tabs.List>
              <Tabs.Tab value="grid">Grid</Tabs.Tab>
              <Tabs.Tab value="outline">Levels and competencies</Tabs.Tab>
              <Tabs.Tab value="file">
                File{errors > 0 && <span className={ui.bad}> {errors}</span>}
              </Tabs.Tab>
              <Tabs.Tab value="changes">What changes</Tabs.Tab>
              <Tabs.Tab value="comments">Comments{open > 0 && ` ${open}`}</Tabs.Tab>
            </Tabs.List>
            {draft.canEdit && tab !== 'file' && <UndoBar />}
          </div>
          <Tabs.Panel value="grid" className={classes.tab}>
            <GridTab draft={draft} />
          </Tabs.Panel>
          <Tabs.Panel value="outline" className={classes.tab}>
            <OutlineTab draft={draft} />
          </Tabs.Panel>
          <Tabs.Panel value="file" className={classes.tab}>
            <FileTab draft={draft} />
          </Tabs.Panel>
          <Tabs.Panel value="changes" className={classes.tab}>
            <ChangesTab draft={draft} />
          </Tabs.Panel>
          <Tabs.Panel value="comments" className={classes.tab}>
            <CommentsTab draft={draft} />
          </Tabs.Panel>
        </Tabs>
      </HistoryContext>
    </Page>
  );
}

function Actions({ draft }: { draft: Draft }) {
  const { ask, takeBack, discard, approve } = useDraftStep(draft);
  const navigate = useNavigate();
  const [publishing, setPublishing] = useState(false);
  const failed = [ask, takeBack, discard].find(({ error }) => error)?.error;
  return (
    <div className={classes.actions}>
      <div className={ui.row}>
        {draft.canEdit && (
          <>
            <Button
              variant="subtle"
              loading={discard.isPending}
              onClick={() =>
                discard.mutate(undefined, {
                  onSuccess: () => void navigate({ to: '/ladder-drafts' }),
                })
              }
            >
              Discard
            </Button>
            <Button variant="filled" loading={ask.isPending} onClick={() => ask.mutate()}>
              Ask for review
            </Button>
          </>
        )}
        {draft.state === 'review' && (draft.canApprove || draft.bar.turn.you) && (
          <Button variant="subtle" loading={takeBack.isPending} onClick={() => takeBack.mutate()}>
            Send back
          </Button>
        )}
        {draft.canApprove && (
          <Button variant="filled" onClick={() => setPublishing(true)}>
            Publish
          </Button>
        )}
      </div>
      {failed && (
        <div role="alert" className={cx(ui.small, ui.bad)}>
          {failed.message}
          <ul className={classes.errors}>
            {(isProblem(failed) ? failed.errors : []).map(({ line, message, fix }) => (
              <li key={`${line}:${message}`}>
                {line ? `Line ${line}: ` : ''}
                {message}. <span className={ui.second}>{fix}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {publishing && (
        <Publish draft={draft} approve={approve} onClose={() => setPublishing(false)} />
      )}
    </div>
  );
}
