import { SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import type { Ladder } from '../../api/types';
import { cx, ui } from '../../components/ui';
import { CellText } from './CellText';
import classes from './ladder.module.css';
import { levelsOf } from './levels';
import { ShapeFacts } from './ShapeFacts';

const levelsInRow = 8;

/** The ladder on a phone: one level at a time. */
export function OneLevel({ ladder, own }: { ladder: Ladder; own: string | null }) {
  const first = levelsOf(ladder).find((level) => level.code === own) ?? levelsOf(ladder)[0];
  const [code, setCode] = useState(first?.code ?? '');
  const level = levelsOf(ladder).find((candidate) => candidate.code === code);
  if (!level) return null;
  const levels = levelsOf(ladder).map(({ code }) => ({
    value: code,
    label: code === own ? `${code} you` : code,
  }));
  return (
    <>
      {levels.length > levelsInRow ? (
        <Select
          aria-label="Level"
          data={levels}
          value={code}
          allowDeselect={false}
          onChange={(next) => setCode(next ?? code)}
        />
      ) : (
        <SegmentedControl
          fullWidth
          aria-label="Level"
          data={levels}
          value={code}
          onChange={setCode}
        />
      )}
      <h2 className={classes.phoneTitle}>
        {level.code} {level.shortTitle}
      </h2>
      {level.shape && (
        <div className={cx(ui.panel, classes.phoneShape)}>
          <ShapeFacts shape={level.shape} />
        </div>
      )}
      {ladder.competencies.map((competency) => (
        <section key={competency.code} className={classes.phoneRow}>
          <h2>{competency.name}</h2>
          <CellText
            cell={competency.cells.find((cell) => cell.level === code)}
            scale={competency.scale ?? ladder.scale}
          />
        </section>
      ))}
    </>
  );
}
