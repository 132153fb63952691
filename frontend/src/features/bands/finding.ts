import type { BandRow } from '../../api/types';
import { count, ratio, wordList } from '../../components/format';

function outside({ below, above }: BandRow): string {
  const parts = [];
  if (below > 0) parts.push(`${below} below`);
  if (above > 0) parts.push(`${above} above`);
  return parts.length > 0 ? `${wordList(parts)} the band` : 'nobody outside the band';
}

/** One sentence for a row of the chart. */
export function finding(row: BandRow, smallGroup = 5): string {
  if (row.hidden) return `${row.level}: fewer than ${smallGroup} people, their pay is hidden`;
  const median = row.compa ? [`median compa-ratio ${ratio(row.compa.p50)}`] : [];
  return `${row.level}: ${[count(row.headcount, 'person', 'people'), ...median, outside(row)].join(', ')}`;
}
