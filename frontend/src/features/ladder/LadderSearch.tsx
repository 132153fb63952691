import type { Ladder } from '../../api/types';
import { PathLink } from '../../components/links';
import { Empty } from '../../components/page/states';
import { Chip, Panel, ui } from '../../components/ui';
import classes from './ladder.module.css';
import type { ToLevel } from './paths';
import { highlighted, hitsOf, mostHits } from './search';

type Props = { ladder: Ladder; words: string; to: ToLevel };

/** The texts of a ladder that contain the words, each with its place. */
export function LadderSearch({ ladder, words, to }: Props) {
  const hits = hitsOf(ladder, words);
  if (hits.length === 0) {
    return <Empty title={`No text contains “${words}”`}>Try fewer or shorter words.</Empty>;
  }
  return (
    <Panel title={`${hits.length === mostHits ? `The first ${mostHits}` : hits.length} found`}>
      <ul className={classes.hits} aria-live="polite">
        {hits.map(({ id, uid, place, what, level, text }) => (
          <li key={id}>
            <PathLink path={to(level, uid)} className={ui.link}>
              <Marked text={place} words={words} />
            </PathLink>{' '}
            {what && <Chip tone="line">{what}</Chip>}
            {text && (
              <div>
                <Marked text={text} words={words} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Marked({ text, words }: { text: string; words: string }) {
  return (
    <span>
      {highlighted(text, words).map((part, i) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their order
        part.found ? <mark key={i}>{part.text}</mark> : part.text,
      )}
    </span>
  );
}
