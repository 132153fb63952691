import { Empty } from '../../components/page/states';
import { Comments } from './Comments';
import classes from './editor.module.css';
import type { Draft } from './queries';

/** What staff say about a draft and its cells. Everybody who can read the draft can read this too. */
export function CommentsTab({ draft }: { draft: Draft }) {
  return (
    <div className={classes.stack}>
      {draft.comments.length === 0 && (
        <Empty title="Nobody has commented yet">
          {draft.state === 'review'
            ? 'Everybody can read this draft and say what should change. To comment on one sentence, open its cell in the grid.'
            : 'Everybody can comment once it is in review.'}
        </Empty>
      )}
      <Comments draft={draft} comments={draft.comments} />
    </div>
  );
}
