import { VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, lazy, Suspense } from 'react';
import type { BandComparison, BandRow } from '../../api/types';
import { amount, count, ratio } from '../../components/format';
import { LevelGlyph } from '../../components/LevelGlyph';
import { cx, Panel, ui } from '../../components/ui';
import classes from './bands.module.css';
import { Explain } from './Explain';
import { finding, hiddenBecause, outside } from './finding';

const BandChart = lazy(() => import('./BandChart'));

type Props = {
  comparison: BandComparison;
  focused: number;
  onFocus: (index: number) => void;
};

/** Bands by level with the people in them, the list of rows beside it and the row in focus in words below. */
export function ChartPanel({ comparison, focused, onFocus }: Props) {
  const { rows, smallGroup, asOf } = comparison;
  const row = rows[focused];
  const currency = rows[0]?.currency ?? '';
  return (
    <Panel
      title={`Bands by level, ${rows[0]?.location ?? ''}, ${currency}`}
      aside={<Legend buckets={rows.some((each) => each.buckets)} />}
    >
      <figure className={cx(classes.figure, ui.wideOnly)}>
        <div className={classes.plot}>
          <RowList rows={rows} smallGroup={smallGroup} focused={focused} onFocus={onFocus} />
          <Suspense fallback={<div />}>
            <BandChart rows={rows} focused={focused} onFocus={onFocus} />
          </Suspense>
        </div>
        <figcaption className={classes.caption}>{row && finding(row, smallGroup)}</figcaption>
      </figure>
      <p className={cx(ui.phoneOnly, ui.small, ui.second, classes.phoneNote)}>
        The chart needs a wider screen. The table below has all its numbers.
      </p>
      {row && <Detail row={row} asOf={asOf} smallGroup={smallGroup} />}
    </Panel>
  );
}

function Legend({ buckets }: { buckets: boolean }) {
  return (
    <span className={cx(ui.row, ui.tiny, ui.second, ui.wideOnly, classes.legend)}>
      <span className={classes.swatch} aria-hidden="true" /> band, quartiles, midpoint
      {!buckets && (
        <>
          <span className={classes.dot} aria-hidden="true" /> person
          <span className={classes.triangle} aria-hidden="true" /> outside
        </>
      )}
    </span>
  );
}

type ListProps = {
  rows: BandRow[];
  smallGroup: number;
  focused: number;
  onFocus: (index: number) => void;
};

function RowList({ rows, smallGroup, focused, onFocus }: ListProps) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step === undefined ? -1 : focused + step;
    if (next < 0 || next >= rows.length) return;
    event.preventDefault();
    onFocus(next);
    event.currentTarget.querySelectorAll<HTMLElement>('button')[next]?.focus();
  };
  return (
    <ul className={classes.rowList} aria-label="Levels of the chart" onKeyDown={move}>
      {rows.map((row, index) => (
        <li key={row.level}>
          <button
            type="button"
            tabIndex={index === focused ? 0 : -1}
            aria-current={index === focused ? 'true' : undefined}
            onFocus={() => onFocus(index)}
            onMouseEnter={() => onFocus(index)}
          >
            <b>{row.level}</b> <span className={ui.second}>{row.title}</span>
            <VisuallyHidden component="span">. {finding(row, smallGroup)}</VisuallyHidden>
          </button>
        </li>
      ))}
    </ul>
  );
}

type DetailProps = { row: BandRow; asOf: string; smallGroup: number };

function Detail({ row, asOf, smallGroup }: DetailProps) {
  const print = (minor: number) => amount(minor, row.currency);
  return (
    <div className={classes.detail}>
      <LevelGlyph level={row.level} />
      <b>{row.level}</b>
      <span className={ui.number}>
        {print(row.min)} / {print(row.mid)} / {print(row.max)}
      </span>
      {row.hidden ? (
        <span className={ui.second}>{hiddenBecause(row, smallGroup)}</span>
      ) : (
        <span className={ui.second}>
          {count(row.headcount, 'person', 'people')}
          {row.compa && `, median compa-ratio ${ratio(row.compa.p50)}`}
        </span>
      )}
      <span className={ui.grow} />
      {outside(row) && <span className={ui.bad}>{outside(row)}</span>}
      <Explain level={row.level} location={row.location} asOf={asOf} />
    </div>
  );
}
