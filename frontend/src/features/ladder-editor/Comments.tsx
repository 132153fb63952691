import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Audience } from '../../components/bar/Audience';
import { dueWords } from '../../components/format';
import { Chip, cx, Face, ui } from '../../components/ui';
import classes from './editor.module.css';
import { type Anchor, type Comment, type Draft, useComments } from './queries';

type Props = { draft: Draft; comments: Comment[]; at?: Anchor };

/** The comments on a draft or on one cell, and a field to add one. */
export function Comments({ draft, comments, at }: Props) {
  const { resolve } = useComments(draft.id);
  return (
    <section className={classes.comments} aria-label="Comments">
      {comments.map((comment) => (
        <div key={comment.id} className={classes.comment}>
          <div className={cx(ui.row, ui.wrap)}>
            <Face name={comment.author.name} size="small" />
            <b>{comment.author.name}</b>
            <span className={ui.muted}>{dueWords(comment.createdAt)}</span>
            {!at && comment.competency && <Chip tone="line">{placeWords(draft, comment)}</Chip>}
            {comment.resolvedAt !== null && <Chip tone="ok">Resolved</Chip>}
          </div>
          <p className={ui.words}>{comment.text}</p>
          {draft.canEdit && comment.resolvedAt === null && (
            <Button size="xs" onClick={() => resolve.mutate(comment.id)}>
              Resolve{' '}
            </Button>
          )}
        </div>
      ))}
      {(draft.state === 'draft' || draft.state === 'review') && <Say draft={draft} at={at} />}
    </section>
  );
}

function placeWords(draft: Draft, { competency, level }: Comment): string {
  const known = draft.rubric?.competencies.find(({ code }) => code === competency);
  return [known?.name ?? competency, level].filter(Boolean).join(', ');
}

function Say({ draft, at }: { draft: Draft; at: Anchor | undefined }) {
  const { say } = useComments(draft.id);
  const [text, setText] = useState('');
  const place = at && { competency: at.competency, level: at.anchor };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        say.mutate({ text, ...place }, { onSuccess: () => setText('') });
      }}
    >
      <Textarea
        label={at ? 'Your comment on this cell' : 'Your comment'}
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
        <span className={ui.grow}>
          <Audience audience={draft.bar.audience} />
        </span>
        <Button type="submit" disabled={text.trim() === ''} loading={say.isPending}>
          Comment
        </Button>
      </div>
    </form>
  );
}
