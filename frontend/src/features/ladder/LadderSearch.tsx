import type { Ladder } from '../../api/types';
import { PathLink } from '../../components/links';
import { Empty } from '../../components/page/states';
import { Panel, ui } from '../../components/ui';
import classes from './ladder.module.css';
import type { ToLevel } from './paths';
import { hitsOf } from './search';

/** The sentences of a ladder that have the words. */
export function LadderSearch({
  ladder,
  words,
  to,
}: {
  ladder: Ladder;
  words: string;
  to: ToLevel;
}) {
  const hits = hitsOf(ladder, words);
  if (hits.length === 0) {
    return <Empty title={`Nothing says "${words}"`}>Try fewer or shorter words.</Empty>;
  }
  return (
    <Panel title={`${hits.length === 100 ? 'The first 100' : hits.length} found`}>
      <ul className={classes.hits}>
        {hits.map(({ uid, competency, level, text }) => (
          <li key={`${level}-${uid}`}>
            <PathLink path={to(level, uid)} className={ui.link}>
              {competency}, {level}
            </PathLink>
            <div>{text}</div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
