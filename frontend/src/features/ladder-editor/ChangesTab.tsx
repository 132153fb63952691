import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { QueryPart } from '../../components/page/states';
import { Panel, ui } from '../../components/ui';
import { affectedWords, withSaid } from './changes';
import { DiffView } from './DiffView';
import classes from './editor.module.css';
import { Failure } from './Failure';
import { changesQuery, type Draft, type DraftChanges, useSayMoves } from './queries';
import { useOutlineSaver } from './useOutlineSaver';

/** What a draft changes, for whom, and which version number that calls for. */
export function ChangesTab({ draft }: { draft: Draft }) {
  const changes = useQuery(changesQuery(draft.id, draft.version));
  return (
    <QueryPart query={changes} what="The comparison">
      {(data) => <Changes draft={draft} changes={data} />}
    </QueryPart>
  );
}

function Changes({ draft, changes }: { draft: Draft; changes: DraftChanges }) {
  const version = draft.document?.version;
  return (
    <div className={classes.stack}>
      <Panel title={changes.affected ? 'Who is affected' : 'Version'}>
        <div className={classes.body}>
          {changes.affected && <p>{affectedWords(changes.affected)}</p>}
          {draft.baseVersion && changes.step !== 'none' && (
            <p>
              The changes call for version <b>{changes.proposed}</b>
              {version === changes.proposed
                ? ', and the draft has it.'
                : `, but the draft has ${version}.`}
            </p>
          )}
          {draft.canEdit &&
            draft.document &&
            changes.step !== 'none' &&
            version !== changes.proposed && <UseVersion draft={draft} version={changes.proposed} />}
        </div>
      </Panel>
      {draft.canEdit && <Assistant draft={draft} changes={changes} />}
      <DiffView diff={changes} />
    </div>
  );
}

type UseVersionProps = {
  draft: Draft;
  version: string;
};

function UseVersion({ draft, version }: UseVersionProps) {
  const saver = useOutlineSaver(draft);
  return (
    <div className={ui.row}>
      <Button
        size="xs"
        loading={saver.pending}
        onClick={() => saver.save(`set version ${version}`, (now) => ({ ...now, version }))}
      >
        Set version {version}
      </Button>
      <Failure saver={saver} />
    </div>
  );
}

/** Asks the owner only about sentences whose wording does not show what became of them. */
function Assistant({ draft, changes }: { draft: Draft; changes: DraftChanges }) {
  const say = useSayMoves(draft);
  const words = new Map(
    draft.document?.competencies.flatMap(({ descriptors = [] }) =>
      descriptors.flatMap(({ criteria = [] }) => criteria.map(({ uid, text }) => [uid, text])),
    ),
  );
  const news = changes.moves.filter(({ type }) => type === 'new').map((move) => move.new[0] ?? '');
  const asked = changes.moves.filter(
    ({ type, said }) => (type === 'dropped' && news.length > 0) || said,
  );
  if (asked.length === 0) return null;
  return (
    <Panel title="What happened to these sentences?">
      <div className={classes.body}>
        <p className={ui.second}>
          These sentences are gone, and there are new ones. Evidence and answers follow a sentence
          that was only reworded.
        </p>
        {say.error && (
          <p role="alert" className={ui.bad}>
            {say.error.message}
          </p>
        )}
        {asked.map((move) => {
          const old = move.old[0] ?? '';
          const options = [...news, ...move.new];
          return (
            <Select
              key={old}
              label={gone(changes, old)}
              placeholder="It is dropped"
              clearable
              disabled={say.isPending}
              value={move.new[0] ?? null}
              data={options.map((uid) => ({ value: uid, label: words.get(uid) ?? uid }))}
              onChange={(become) => say.mutate(withSaid(changes.moves, old, become))}
            />
          );
        })}
      </div>
    </Panel>
  );
}

/** The text of a removed sentence, from the cell that lost it. */
function gone(changes: DraftChanges, uid: string): string {
  for (const { name, cells } of changes.competencies) {
    for (const { level, moves, segments } of cells) {
      if (!moves.some((move) => move.old.includes(uid))) continue;
      const lost = segments.filter(({ change }) => change === 'removed').map(({ text }) => text);
      return `${name}, ${level}: ${lost.join(' ').trim() || uid}`;
    }
  }
  return uid;
}
