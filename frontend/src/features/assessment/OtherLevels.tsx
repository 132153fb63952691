import { Button } from '@mantine/core';
import type { Assessment, AssessmentItem } from '../../api/types';
import type { Autosave } from '../../components/autosave/useAutosave';
import { LevelGlyph } from '../../components/LevelGlyph';
import { ratingWord } from '../../components/Meter';
import { cx, ui } from '../../components/ui';
import classes from './assessment.module.css';
import type { ItemValue } from './useItem';
import { withWords, wordsFor } from './words';

type Props = {
  assessment: Assessment;
  item: AssessmentItem;
  autosave: Autosave<ItemValue>;
};

/** What the author wrote about the same competency for other levels. Only the words can be taken over. */
export function OtherLevels({ assessment, item, autosave }: Props) {
  const { value, change } = autosave;
  const others = wordsFor(assessment, item.competency);
  if (others.length === 0) return null;
  return (
    <section aria-label="What you wrote for other levels" className={classes.otherLevels}>
      {others.map(({ level, answer }) => (
        <div key={level.code}>
          <div className={cx(ui.row, ui.tiny, ui.muted)}>
            <LevelGlyph level={level.code} />
            For {level.code} {level.title}: {ratingWord(answer.rating, item.scale)}
            <span className={ui.grow} />
            {assessment.canEdit && (
              <Button
                size="xs"
                variant="subtle"
                aria-label={`Use the words for ${level.code}`}
                onClick={() => change(withWords(value, answer))}
              >
                Use these words
              </Button>
            )}
          </div>
          <p className={cx(ui.small, ui.second)}>{answer.reason}</p>
        </div>
      ))}
    </section>
  );
}
