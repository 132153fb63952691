import { IconAlertTriangle, IconCheck, IconClock, IconMessage } from '@tabler/icons-react';
import type { Case, Check, CoverageRow } from '../../api/types';
import { RatingWord } from '../../components/Meter';
import table from '../../components/table/table.module.css';
import { cx, Panel, ui } from '../../components/ui';
import classes from './promotion.module.css';
import { type PartKey, parts } from './sections';

const flags = {
  none: { words: 'none', tone: ui.bad, Icon: IconAlertTriangle },
  old: { words: 'old', tone: ui.turn, Icon: IconClock },
  request: { words: 'request', tone: ui.turn, Icon: IconMessage },
};

/** Which claims have evidence, and of what kind. Never a score. */
export function Coverage({ promotion }: { promotion: Case }) {
  const { coverage, to } = promotion;
  const covered = coverage.filter((row) => row.pieces.length > 0).length;
  return (
    <Panel
      title={`Coverage of ${to.code}`}
      aside={
        <span className={cx(ui.small, ui.second)}>
          {covered} of {coverage.length} claims have evidence
        </span>
      }
    >
      <table
        className={cx(table.table, table.reading, classes.coverage)}
        aria-label={`Coverage of ${to.code}`}
      >
        <tbody>
          {coverage.map((row) => (
            <Row key={row.competency} row={row} />
          ))}
        </tbody>
      </table>
      <div className={cx(ui.row, ui.tiny, ui.second, classes.legend)}>
        <span className={ui.row}>
          <Pieces pieces={[{ confirmed: true }]} />
          confirmed by a colleague
        </span>
        <span className={ui.row}>
          <Pieces pieces={[{ confirmed: false }]} />
          self-reported
        </span>
      </div>
    </Panel>
  );
}

function Row({ row }: { row: CoverageRow }) {
  const flag = row.flag ? flags[row.flag] : undefined;
  const confirmed = row.pieces.filter((piece) => piece.confirmed).length;
  return (
    <tr>
      <th scope="row" className={ui.cut}>
        {row.name}
      </th>
      <td>
        <RatingWord rating={row.rating} scale={row.scale} />
      </td>
      <td>
        <Pieces pieces={row.pieces} label={`${row.pieces.length} pieces, ${confirmed} confirmed`} />
      </td>
      <td className={ui.right}>
        {flag && (
          <span className={cx(classes.flag, flag.tone)}>
            <flag.Icon size={14} stroke={1.5} aria-hidden="true" />
            {flag.words}
          </span>
        )}
      </td>
    </tr>
  );
}

function Pieces({ pieces, label }: { pieces: CoverageRow['pieces']; label?: string }) {
  const named = label
    ? ({ role: 'img', 'aria-label': label } as const)
    : ({ 'aria-hidden': true } as const);
  const width = Math.max(1, pieces.length) * 8;
  return (
    <svg {...named} width={width} height="10" viewBox={`-.5 -.5 ${width} 11`}>
      {pieces.map((piece, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no identity
          key={index}
          className={piece.confirmed ? classes.pieceFull : classes.pieceHollow}
          x={index * 8}
          width="6"
          height="10"
          rx="1"
        />
      ))}
    </svg>
  );
}

function partOf(promotion: Case, check: Check): PartKey | undefined {
  const kind = promotion.sections.find((section) => section.key === check.sectionKey)?.kind;
  return parts.find(({ key }) => key === kind || key === check.sectionKey)?.key;
}

type ChecksProps = { promotion: Case; onGo: (part: PartKey) => void };

/** What should be in order before the panel reads. */
export function Checks({ promotion, onGo }: ChecksProps) {
  const { checks } = promotion;
  if (checks.length === 0) return null;
  const good = checks.filter((check) => check.ok).length;
  return (
    <Panel
      title="Before it goes to the panel"
      aside={
        <span className={cx(ui.small, ui.muted, ui.number)}>
          {good} of {checks.length}
        </span>
      }
    >
      <ul className={classes.checks}>
        {checks.map((check) => {
          const part = partOf(promotion, check);
          return (
            <li key={check.text} className={check.ok ? ui.muted : undefined}>
              <CheckIcon check={check} />
              {part && !check.ok ? (
                <button type="button" className={classes.checkLink} onClick={() => onGo(part)}>
                  {check.text}
                </button>
              ) : (
                check.text
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function CheckIcon({ check }: { check: Check }) {
  if (check.ok) return <IconCheck size={16} stroke={1.5} aria-label="done" className={ui.ok} />;
  if (check.level === 'error') {
    return <IconAlertTriangle size={16} stroke={1.5} aria-label="missing" className={ui.bad} />;
  }
  return <IconClock size={16} stroke={1.5} aria-label="open" className={ui.turn} />;
}
