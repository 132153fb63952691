import type { BandComparison } from '../../api/types';
import { ratio } from '../../components/format';
import { cx, Panel, ui } from '../../components/ui';
import classes from './bands.module.css';

/** Five steps around 1.00: up to 0.925, 0.975, 1.025 and 1.065. */
export function compaStep(compa: number): 'low2' | 'low1' | 'middle' | 'high1' | 'high2' {
  if (compa < 0.925) return 'low2';
  if (compa < 0.975) return 'low1';
  if (compa <= 1.025) return 'middle';
  return compa <= 1.065 ? 'high1' : 'high2';
}

const steps = ['low2', 'low1', 'middle', 'high1', 'high2'] as const;

type Props = {
  comparison: BandComparison;
  location: string | undefined;
  level: string | undefined;
};

/** Median compa-ratio by level and location. The number says it, and the colour repeats it. */
export function HeatMap({ comparison, location, level }: Props) {
  const { heat, smallGroup } = comparison;
  const levels = heat[0]?.cells.map((cell) => cell.level) ?? [];
  return (
    <Panel
      title="Median compa-ratio by location"
      aside={<span className={cx(ui.tiny, ui.second)}>of the midpoint</span>}
    >
      <div className={classes.heatFrame}>
        <table className={classes.heat} aria-label="Median compa-ratio by location">
          <thead>
            <tr>
              <td />
              {heat.map((column) => (
                <th key={column.location} scope="col">
                  {column.location}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {levels.map((code) => (
              <tr key={code}>
                <th scope="row">{code}</th>
                {heat.map((column) => (
                  <Cell
                    key={column.location}
                    cell={column.cells.find((each) => each.level === code)}
                    current={column.location === location && code === level}
                    smallGroup={smallGroup}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={cx(ui.row, ui.tiny, ui.second, classes.heatLegend)} aria-hidden="true">
        below mid
        {steps.map((step) => (
          <i key={step} className={classes[step]} />
        ))}
        above mid
        <span className={ui.grow} />
        <i className={classes.hidden} /> hidden, n &lt; {smallGroup}
      </div>
    </Panel>
  );
}

type HeatCell = BandComparison['heat'][number]['cells'][number];
type CellProps = { cell: HeatCell | undefined; current: boolean; smallGroup: number };

function Cell({ cell, current, smallGroup }: CellProps) {
  const mark = current ? classes.current : undefined;
  if (!cell || (cell.headcount === 0 && !cell.hidden)) return <td className={mark} />;
  if (cell.hidden || cell.medianCompa === null) {
    return (
      <td className={cx(classes.hidden, mark)}>
        <span>{cell.headcount < smallGroup ? `n < ${smallGroup}` : 'hidden'}</span>
      </td>
    );
  }
  return (
    <td className={cx(classes[compaStep(cell.medianCompa)], mark)}>{ratio(cell.medianCompa)}</td>
  );
}
