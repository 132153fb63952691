import { IconArrowRight } from '@tabler/icons-react';
import type { Home } from '../../api/types';
import { ReadBy } from '../../components/bar/ReadBy';
import { dateWords, monthWords, spanWords } from '../../components/format';
import { LevelGlyph } from '../../components/LevelGlyph';
import { PathLink } from '../../components/links';
import { cx, Face, Panel, ui } from '../../components/ui';
import classes from './home.module.css';

function comparePath({ code, ladderSlug, next }: Home['level']): string | null {
  if (!ladderSlug) return null;
  const levels = [code, ...next.map((level) => level.code)].join(',');
  return `/ladders/${ladderSlug}/compare?levels=${levels}&only=true`;
}

export function LevelCard({ level }: { level: Home['level'] }) {
  const compare = comparePath(level);
  return (
    <section className={cx(ui.panel, classes.level)} aria-label="Your level">
      <div className={cx(ui.row, classes.levelTop)}>
        <LevelGlyph level={level.code} height={56} />
        <div>
          <div className={cx(ui.small, ui.muted)}>Your level</div>
          <div className={classes.big}>
            {level.code} {level.title}
          </div>
          <div className={cx(ui.small, ui.second)}>
            {level.since && <div>Since {monthWords(level.since)}</div>}
            {level.managerName && <div>Manager {level.managerName}</div>}
          </div>
        </div>
      </div>
      {compare && level.next.length > 0 && (
        <div className={cx(ui.row, classes.levelNext)}>
          <span className={cx(ui.grow, ui.small, ui.second)}>
            Next: {level.next.map((next) => next.code).join(' or ')}
          </span>
          <PathLink path={compare} className={cx(ui.link, ui.small)}>
            What changes
            <IconArrowRight size={14} stroke={1.5} aria-hidden="true" />
          </PathLink>
        </div>
      )}
    </section>
  );
}

export function EvidenceCard({ evidence }: { evidence: Home['evidence'] }) {
  return (
    <Panel title="Latest evidence" aside={<ReadBy resource="evidence" />}>
      <ul className={classes.list}>
        {evidence.length === 0 && <li className={ui.second}>Nothing is logged yet.</li>}
        {evidence.map((piece) => (
          <li key={piece.id}>
            <span>
              <PathLink path={`/evidence?edit=${piece.id}`} className={ui.medium}>
                {piece.title}
              </PathLink>
              <br />
              <span className={cx(ui.tiny, ui.muted)}>
                {spanWords(piece.happenedFrom, piece.happenedTo)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function ReadersCard({ readers }: { readers: Home['readers'] }) {
  return (
    <Panel title="Who read my record">
      <ul className={classes.list}>
        {readers.length === 0 && <li className={ui.second}>Nobody but you so far.</li>}
        {readers.map((reader) => (
          <li key={reader.who + reader.at}>
            <Face name={reader.who} />
            <span className={ui.grow}>
              {reader.who}, {reader.what}
            </span>
            <time className={cx(ui.tiny, ui.muted)} dateTime={reader.at}>
              {dateWords(reader.at)}
            </time>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
