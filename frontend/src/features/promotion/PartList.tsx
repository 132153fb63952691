import { IconLock } from '@tabler/icons-react';
import type { Case } from '../../api/types';
import { cx, ui } from '../../components/ui';
import classes from './promotion.module.css';
import { openRequests, type PartKey, partKeys, parts, sectionsOf } from './sections';

type Props = { promotion: Case; current: PartKey; onGo: (part: PartKey) => void };

const limit = 10;

/** The parts of the packet with their contents. Amber marks what the manager asks for. */
export function PartList({ promotion, current, onGo }: Props) {
  const shown = parts.filter(
    ({ key }) => key === 'statement' || sectionsOf(promotion, key).length > 0,
  );
  return (
    <nav className={classes.parts} aria-label="Parts of the packet">
      {shown.map(({ key, label }) => (
        <button
          key={key}
          type="button"
          className={classes.part}
          aria-current={key === current ? 'true' : undefined}
          onClick={() => onGo(key)}
        >
          {label}
          <PartCount promotion={promotion} part={key} />
        </button>
      ))}
      <div className={classes.reading}>
        <span className={ui.bold}>{promotion.readingMinutes} min</span> to read
        <br />
        limit {limit} min
      </div>
    </nav>
  );
}

function PartCount({ promotion, part }: { promotion: Case; part: PartKey }) {
  const waiting = openRequests(promotion.requests, partKeys(promotion, part)).length;
  if (waiting > 0) {
    return (
      <span className={cx(ui.turn, ui.bold)} title={`${waiting} requested`}>
        {waiting}
      </span>
    );
  }
  if (part === 'statement') {
    return promotion.statement ? null : (
      <IconLock size={14} stroke={1.5} aria-label="not shared with you" />
    );
  }
  const sections = sectionsOf(promotion, part);
  const many = part === 'project' || part === 'claim';
  return <span>{many ? sections.length : ''}</span>;
}
