import type { BandRow } from '../../api/types';
import { count, ratio, wordList } from '../../components/format';

/** How many are paid outside the band; empty for nobody. */
export function outside({ below, above }: BandRow): string {
  const parts = [];
  if (below) parts.push(`${below} below`);
  if (above) parts.push(`${above} above`);
  return wordList(parts);
}

/** Why a row has no figures: it is small, or a small group would follow from it. */
export function hiddenBecause({ headcount }: { headcount: number }, smallGroup: number): string {
  return headcount < smallGroup
    ? `Hidden, fewer than ${smallGroup} people`
    : `Hidden, it would give away a group of fewer than ${smallGroup}`;
}

/** One sentence for a row of the chart. */
export function finding(row: BandRow, smallGroup: number): string {
  if (row.hidden) return `${row.level}: ${hiddenBecause(row, smallGroup)}`;
  const median = row.compa ? [`median compa-ratio ${ratio(row.compa.p50)}`] : [];
  const beyond = outside(row) ? `${outside(row)} the band` : 'nobody outside the band';
  return `${row.level}: ${[count(row.headcount, 'person', 'people'), ...median, beyond].join(', ')}`;
}
