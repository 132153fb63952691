import { IconAlertTriangle } from '@tabler/icons-react';
import type { BandComparison, BandRow } from '../../api/types';
import { amount, percent, ratio, whole } from '../../components/format';
import { TableFrame } from '../../components/table/TableFrame';
import table from '../../components/table/table.module.css';
import { cx, ui } from '../../components/ui';
import classes from './bands.module.css';
import { hiddenBecause } from './finding';

type Props = { comparison: BandComparison; focused: number; onFocus: (index: number) => void };

/** Every number in the charts. The export has the same numbers. */
export function BandTable({ comparison, focused, onFocus }: Props) {
  const { rows, totals, smallGroup } = comparison;
  return (
    <TableFrame label="Band table" className={classes.below}>
      <table
        className={cx(table.table, table.numbers, classes.bandTable)}
        aria-label="Bands by level"
      >
        <TableHead currency={rows[0]?.currency ?? ''} />
        <tbody>
          {rows.map((row, index) => (
            <Row
              key={row.level}
              row={row}
              current={index === focused}
              onFocus={() => onFocus(index)}
              smallGroup={smallGroup}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={6}>
              {totals.hidden > 0 ? 'Total of the levels that are shown' : 'Total'}
            </th>
            <td className={cx(ui.right, table.group)}>{whole(totals.people)}</td>
            <td colSpan={3} />
            <td className={ui.right}>{whole(totals.below)}</td>
            <td className={ui.right}>{whole(totals.above)}</td>
            <td className={ui.right}>
              {totals.costToMin && amount(totals.costToMin.minor, totals.costToMin.currency)}
            </td>
          </tr>
        </tfoot>
      </table>
    </TableFrame>
  );
}

function TableHead({ currency }: { currency: string }) {
  return (
    <thead>
      <tr>
        <td />
        <th colSpan={3} scope="colgroup">
          Band, {currency}
        </th>
        <th colSpan={2} scope="colgroup" className={table.group}>
          Shape
        </th>
        <th colSpan={7} scope="colgroup" className={table.group}>
          People against the band
        </th>
      </tr>
      <tr>
        <th scope="col">Level</th>
        {['Min', 'Mid', 'Max'].map((head) => (
          <Head key={head}>{head}</Head>
        ))}
        <Head edge>Midpoint progression</Head>
        <Head>Overlap with lower band</Head>
        <Head edge>People</Head>
        <Head>Median pay</Head>
        <Head>Mean pay</Head>
        <Head>Median compa-ratio</Head>
        <Head>Below</Head>
        <Head>Above</Head>
        <Head>Cost to minimum</Head>
      </tr>
    </thead>
  );
}

function Head({ children, edge }: { children: string; edge?: boolean }) {
  return (
    <th scope="col" className={cx(ui.right, edge && table.group)}>
      {children}
    </th>
  );
}

type RowProps = { row: BandRow; current: boolean; onFocus: () => void; smallGroup: number };

function Row({ row, current, onFocus, smallGroup }: RowProps) {
  const print = (minor: number | null) => (minor === null ? '' : amount(minor, row.currency));
  return (
    // biome-ignore lint/a11y/useKeyWithMouseEvents: the list beside the chart does the same for keyboards
    <tr className={current ? table.current : undefined} onMouseOver={onFocus}>
      <th scope="row">
        <b>{row.level}</b> <span className={ui.second}>{row.title}</span>
      </th>
      <td className={ui.right}>{print(row.min)}</td>
      <td className={ui.right}>{print(row.mid)}</td>
      <td className={ui.right}>{print(row.max)}</td>
      <td className={cx(ui.right, table.group)}>
        <MidStep step={row.midStep} />
      </td>
      <td className={ui.right}>{row.overlap && percent(row.overlap.percent)}</td>
      <td className={cx(ui.right, table.group)}>{row.headcount}</td>
      {row.hidden ? (
        <td colSpan={6} className={ui.second}>
          {hiddenBecause(row, smallGroup)}
        </td>
      ) : (
        <>
          <td className={ui.right}>{print(row.medianPay)}</td>
          <td className={ui.right}>{print(row.meanPay)}</td>
          <td className={ui.right}>{row.compa && ratio(row.compa.p50)}</td>
          <td className={ui.right}>{row.below}</td>
          <td className={ui.right}>{row.above}</td>
          <td className={ui.right}>
            {row.costToMin === null && row.headcount > 0 ? (
              <span className={ui.second} title={`It is about fewer than ${smallGroup} people.`}>
                Hidden
              </span>
            ) : (
              print(row.costToMin)
            )}
          </td>
        </>
      )}
    </tr>
  );
}

function MidStep({ step }: { step: BandRow['midStep'] }) {
  if (!step) return null;
  const odd = step.check === 'low' || step.check === 'high';
  return (
    <span
      className={cx(classes.step, odd && ui.bad)}
      title={`${step.expected} over ${step.from} is expected, ${step.why}`}
    >
      {odd && <IconAlertTriangle size={14} stroke={1.5} aria-hidden="true" />}
      {percent(step.percent)}
      {odd && ` ${step.check}, not ${step.expected}`}
    </span>
  );
}
