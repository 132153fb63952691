import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { LevelComparison, LevelComparisonRow } from '../../api/types';
import { Segments } from '../../components/text/Segments';
import { cx, ui } from '../../components/ui';
import { splitRows } from './CompareTable';
import { Examples } from './Examples';
import classes from './ladder.module.css';
import type { CompareOptions } from './useCompareSearch';

type Props = { comparison: LevelComparison; options: CompareOptions };

/** The comparison on a phone: one level, with the base level quoted under it. */
export function CompareList({ comparison, options }: Props) {
  const { levels, base } = comparison;
  const [chosen, setChosen] = useState(levels[1]?.code ?? base);
  const level = levels.find((candidate) => candidate.code === chosen) ?? levels[0];
  const { shown } = splitRows(comparison, options.only);
  if (!level) return null;
  const names = levels.map(({ code }) => ({
    value: code,
    label: code === options.own ? `${code} you` : code,
  }));
  const shape = comparison.shape.find((candidate) => candidate.level === level.code);
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label="Level"
        data={names}
        value={level.code}
        onChange={setChosen}
      />
      <div className={cx(ui.panel, classes.phoneShape)}>
        {shape?.parts.map((part) => (
          <span key={part.text} className={classes.fact}>
            {part.change === 'new' ? <ins>{part.text}</ins> : part.text}{' '}
          </span>
        ))}
      </div>
      {shown.map((row) => (
        <Item key={row.competency} row={row} level={level.code} base={base} options={options} />
      ))}
    </>
  );
}

type ItemProps = { row: LevelComparisonRow; level: string; base: string; options: CompareOptions };

function Item({ row, level, base, options }: ItemProps) {
  const cell = row.cells.find((candidate) => candidate.level === level);
  const before = row.cells.find((candidate) => candidate.level === base);
  return (
    <section className={classes.phoneRow}>
      <div className={ui.row}>
        <h2 className={ui.grow}>{row.name}</h2>
        <span className={cx(ui.tiny, ui.muted)}>
          {row.changed} of {row.total} change
        </span>
      </div>
      <p>{cell && <Segments segments={cell.segments} />}</p>
      {before && level !== base && (
        <div className={classes.was}>
          <div className={cx(ui.tiny, ui.muted)}>At {base}</div>
          <p>
            <Segments segments={before.segments} marked={false} />
          </p>
        </div>
      )}
      {options.examples && cell && (
        <Examples examples={cell.examples} antiExamples={cell.antiExamples} />
      )}
    </section>
  );
}
