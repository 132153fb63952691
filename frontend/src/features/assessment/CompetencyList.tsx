import { VisuallyHidden } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import type { AssessmentItem } from '../../api/types';
import { Meter, ratingWord } from '../../components/Meter';
import { Steps } from '../../components/Steps';
import { cx, ui } from '../../components/ui';
import classes from './assessment.module.css';
import { byCategory, minutesLeft, ratedCount } from './progress';

type Props = {
  items: AssessmentItem[];
  current: string | undefined;
  reviewKey: string;
  /** The label of the last entry. */
  last: string;
  /** Whether the reader may rate. The time left is then shown. */
  editable: boolean;
  onGo: (place: string) => void;
};

/** The left pane: every competency with its meter and its number of attached pieces. */
export function CompetencyList({ items, current, reviewKey, last, editable, onGo }: Props) {
  const rated = ratedCount(items);
  const left = minutesLeft(items);
  return (
    <nav className={classes.list} aria-label="Competencies">
      <div className={cx(ui.row, classes.listHead)}>
        <span className={cx(ui.grow, ui.bold)}>
          {rated} of {items.length} rated
        </span>
        {editable && left > 0 && (
          <span className={cx(ui.tiny, ui.muted)}>about {left} min left</span>
        )}
      </div>
      <div className={classes.listSteps}>
        <Steps steps={items.length} now={rated + 1} width={16} />
      </div>
      {byCategory(items).map(([category, group]) => (
        <div key={category}>
          <div className={classes.category}>{category}</div>
          {group.map((item) => (
            <button
              key={item.competency}
              type="button"
              className={classes.entry}
              aria-current={item.competency === current ? 'true' : undefined}
              onClick={() => onGo(item.competency)}
            >
              <Meter rating={item.rating} scale={item.scale} />
              <span className={cx(ui.grow, ui.cut)}>
                {item.name}
                <VisuallyHidden component="span">
                  , {ratingWord(item.rating, item.scale)}, evidence{' '}
                </VisuallyHidden>
              </span>
              <span className={cx(ui.tiny, ui.muted, ui.number)}>{item.evidence.length}</span>
            </button>
          ))}
        </div>
      ))}
      <div className={classes.category}>{editable ? 'Finish' : 'Overview'}</div>
      <button
        type="button"
        className={classes.entry}
        aria-current={current === undefined ? 'true' : undefined}
        onClick={() => onGo(reviewKey)}
      >
        <IconEye size={16} stroke={1.5} aria-hidden="true" className={ui.muted} />
        {last}
      </button>
    </nav>
  );
}
