import { type KeyboardEvent, useState } from 'react';

export type Spot = { row: number; column: number };

function moved(
  { row, column }: Spot,
  key: string,
  jump: boolean,
  rows: number,
  columns: number,
): Spot | undefined {
  const last = { row: rows - 1, column: columns - 1 };
  switch (key) {
    case 'ArrowDown':
      return { row: Math.min(row + 1, last.row), column };
    case 'ArrowUp':
      return { row: Math.max(row - 1, 0), column };
    case 'ArrowRight':
      return { row, column: Math.min(column + 1, last.column) };
    case 'ArrowLeft':
      return { row, column: Math.max(column - 1, 0) };
    case 'Home':
      return { row: jump ? 0 : row, column: 0 };
    case 'End':
      return { row: jump ? last.row : row, column: last.column };
    default:
      return undefined;
  }
}

/** One tab stop for a whole grid: arrows, Home and End move it. Cells carry data-row and data-column. */
export function useGridKeys(start: Spot, rows: number, columns: number) {
  const [spot, setSpot] = useState(start);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const next = moved(spot, event.key, event.ctrlKey || event.metaKey, rows, columns);
    if (!next) return;
    event.preventDefault();
    setSpot(next);
    const cell = `[data-row="${next.row}"][data-column="${next.column}"]`;
    event.currentTarget.querySelector<HTMLElement>(cell)?.focus();
  };
  const cell = (row: number, column: number) => ({
    'data-row': row,
    'data-column': column,
    tabIndex: spot.row === row && spot.column === column ? 0 : -1,
    onFocus: () => setSpot({ row, column }),
  });
  return { onKeyDown, cell };
}
