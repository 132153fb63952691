import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { dueWords } from '../../components/format';
import { Empty } from '../../components/page/states';
import { Chip, Face, Panel, ui } from '../../components/ui';
import classes from './editor.module.css';
import { type Draft, useComments } from './queries';

/** What staff say about a draft. Everybody who can read it reads this, too. */
export function CommentsTab({ draft }: { draft: Draft }) {
  const { say, resolve } = useComments(draft.id);
  const [text, setText] = useState('');
  const open = draft.state === 'draft' || draft.state === 'review';
  return (
    <div className={classes.stack}>
      {draft.comments.length === 0 ? (
        <Empty title="Nobody has commented yet">
          {draft.state === 'review'
            ? 'Everybody can read this draft and say what should change.'
            : 'Everybody can comment once it is in review.'}
        </Empty>
      ) : (
        <Panel title="Comments">
          {draft.comments.map((comment) => (
            <div key={comment.id} className={classes.comment}>
              <div className={ui.row}>
                <Face name={comment.author.name} size="small" />
                <b>{comment.author.name}</b>
                <span className={ui.muted}>{dueWords(comment.createdAt)}</span>
                {comment.competency && (
                  <Chip tone="line">
                    {comment.competency}, {comment.level}
                  </Chip>
                )}
                {comment.resolvedAt !== null && <Chip tone="ok">Dealt with</Chip>}
              </div>
              <p className={ui.words}>{comment.text}</p>
              {draft.canEdit && comment.resolvedAt === null && (
                <Button size="xs" onClick={() => resolve.mutate(comment.id)}>
                  Dealt with
                </Button>
              )}
            </div>
          ))}
        </Panel>
      )}
      {open && (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            say.mutate({ text }, { onSuccess: () => setText('') });
          }}
        >
          <Textarea
            label="Your comment"
            description="Everybody who can read this draft reads it."
            autosize
            minRows={2}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {say.error && (
            <p role="alert" className={ui.bad}>
              {say.error.message}
            </p>
          )}
          <div className={classes.foot}>
            <Button type="submit" disabled={text.trim() === ''} loading={say.isPending}>
              Comment
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
