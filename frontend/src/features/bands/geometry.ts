import type { BandRow } from '../../api/types';

export const rowHeight = 36;
export const axisHeight = 30;

/** The ends of the two outer and the inner quarters of a band, in minor units. */
export function quartiles({
  min,
  max,
}: Pick<BandRow, 'min' | 'max'>): [number, number, number, number] {
  const quarter = (max - min) / 4;
  return [min, min + quarter, max - quarter, max];
}

/** Lowest and highest amount that a chart of these rows must show. */
export function extent(rows: BandRow[]): [number, number] {
  const pays = rows.flatMap((row) => row.people?.map((person) => person.pay) ?? []);
  const all = [...rows.flatMap((row) => [row.min, row.max]), ...pays];
  if (all.length === 0) return [0, 1];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = (high - low) * 0.04;
  return [low - room, high + room];
}

/** A fixed up and down of the dots of a row, in pixels, so that equal pay stays two dots. */
export function jitter(index: number): number {
  return (((index * 7) % 5) - 2) * 1.6;
}

/** True where another track begins. */
export function startsTrack(rows: BandRow[], index: number): boolean {
  return index > 0 && rows[index]?.track !== rows[index - 1]?.track;
}

export function isManagementTrack(row: Pick<BandRow, 'level'>): boolean {
  return row.level.startsWith('M');
}
