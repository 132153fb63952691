import { Empty } from '../../components/page/states';
import { Comments } from './Comments';
import classes from './editor.module.css';
import type { Draft } from './queries';

/** What staff say about a draft and its cells. */
export function CommentsTab({ draft }: { draft: Draft }) {
  return (
    <div className={classes.stack}>
      {draft.comments.length === 0 && (
        <Empty title="Nobody has commented yet">
          {draft.state === 'review'
            ? 'Say what should change. To comment on one sentence, open its cell in the grid.'
            : 'Comments come in once it is in review.'}
        </Empty>
      )}
      <Comments draft={draft} comments={draft.comments} />
    </div>
  );
}
