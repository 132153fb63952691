import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useRef } from 'react';
import { isProblem } from '../../api/problem';
import type { Assessment, AssessmentItem } from '../../api/types';
import { Audience } from '../../components/bar/Audience';
import { count, dueWords } from '../../components/format';
import { RatingWord } from '../../components/Meter';
import { Words } from '../../components/text/Words';
import { cx, Kbd, ui } from '../../components/ui';
import { useKeys } from '../../components/useKeys';
import { AdviceNote } from './AdviceNote';
import classes from './assessment.module.css';
import { Place } from './Place';
import { missing, missingWords } from './progress';
import { useRecallAssessment, useSubmitAssessment } from './queries';

type Props = { assessment: Assessment; onGo: (competency: string) => void };

/** Everything on one page before it goes to somebody else. */
export function Review({ assessment, onGo }: Props) {
  const { items, state, submittedAt, canEdit } = assessment;
  const gaps = missing(items);
  return (
    <div className={classes.review}>
      <div className={classes.column}>
        <h2 className={classes.itemTitle}>
          {state === 'submitted' ? 'Submitted' : canEdit ? 'Review and submit' : 'Draft'}
        </h2>
        {state === 'submitted' && submittedAt && (
          <p className={ui.second}>
            Submitted {dueWords(submittedAt)}. The text below is what was submitted.
          </p>
        )}
        {canEdit && gaps.length > 0 && <Gaps gaps={gaps} onGo={onGo} />}
        <AdviceNote assessment={assessment} />
        {items.map((item) => (
          <ReviewItem key={item.competency} item={item} editable={canEdit} onGo={onGo} />
        ))}
        <Place assessment={assessment} />
        {state === 'draft' && canEdit && <Submit assessment={assessment} />}
        {assessment.canRecall && <Recall assessment={assessment} />}
      </div>
    </div>
  );
}

function Gaps({ gaps, onGo }: { gaps: ReturnType<typeof missing>; onGo: Props['onGo'] }) {
  return (
    <div className={classes.gaps} data-gaps tabIndex={-1}>
      <h3>{count(gaps.length, 'part is', 'parts are')} missing</h3>
      <ul>
        {gaps.map(({ item, words }) => (
          <li key={item.competency}>
            <IconAlertTriangle size={14} stroke={1.5} aria-hidden="true" className={ui.bad} />
            <button type="button" className={ui.link} onClick={() => onGo(item.competency)}>
              {words}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

type ItemProps = { item: AssessmentItem; editable: boolean; onGo: Props['onGo'] };

function ReviewItem({ item, editable, onGo }: ItemProps) {
  return (
    <article className={classes.reviewItem} aria-label={item.name}>
      <div className={ui.row}>
        <h3 className={ui.grow}>{item.name}</h3>
        <RatingWord rating={item.rating} scale={item.scale} />
        {editable && (
          <Button
            size="xs"
            variant="subtle"
            aria-label={`Change ${item.name}`}
            onClick={() => onGo(item.competency)}
          >
            Change
          </Button>
        )}
      </div>
      {item.reason ? <Words text={item.reason} /> : <p className={ui.muted}>No reason yet</p>}
      {item.evidence.length > 0 ? (
        <p className={cx(ui.tiny, ui.muted)}>
          {item.evidence.map((piece) => piece.title).join(', ')}
        </p>
      ) : (
        <p className={cx(ui.tiny, ui.turn)}>{item.name} has no evidence</p>
      )}
    </article>
  );
}

function Submit({ assessment }: { assessment: Assessment }) {
  const submit = useSubmitAssessment(assessment);
  const left = missingWords(assessment);
  const problem = useRef<HTMLParagraphElement>(null);
  const send = () => {
    if (left) document.querySelector<HTMLElement>('[data-gaps], [data-place]')?.focus();
    else submit.mutate(undefined, { onError: () => problem.current?.focus() });
  };
  useKeys({ 'mod+Enter': send });
  return (
    <div className={classes.submit}>
      <div className={cx(ui.small, ui.second, ui.grow)}>
        {left || <Audience audience={assessment.bar.audience} />}
      </div>
      <Button
        variant="filled"
        aria-disabled={left !== ''}
        loading={submit.isPending}
        rightSection={<Kbd>Ctrl ↵</Kbd>}
        onClick={send}
      >
        Submit
      </Button>
      {submit.error && (
        <p ref={problem} tabIndex={-1} role="alert" className={cx(ui.small, ui.bad)}>
          {isProblem(submit.error) && submit.error.errors.length > 0
            ? submit.error.errors.map((error) => error.message).join('. ')
            : submit.error.message}
        </p>
      )}
    </div>
  );
}

function Recall({ assessment }: { assessment: Assessment }) {
  const recall = useRecallAssessment(assessment.id);
  return (
    <div className={classes.submit}>
      <p className={cx(ui.small, ui.second, ui.grow)}>
        {recall.error
          ? recall.error.message
          : 'You can take it back until the other side has submitted.'}
      </p>
      <Button loading={recall.isPending} onClick={() => recall.mutate()}>
        Take it back
      </Button>
    </div>
  );
}
