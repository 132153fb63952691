import { type FocusEvent, type KeyboardEvent, useCallback, useRef } from 'react';

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

function elementAt(grid: HTMLElement, { row, column }: Spot): HTMLElement | null {
  return grid.querySelector(`[data-row="${row}"][data-column="${column}"]`);
}

/**
 * One tab stop for a whole grid. Arrow keys, Home and End move it. Cells carry
 * data-row and data-column. The tab stop is moved in the DOM, so that a key does not
 * redraw thousands of cells.
 */
export function useGridKeys(start: Spot, rows: number, columns: number) {
  const spot = useRef(start);
  spot.current = {
    row: Math.max(0, Math.min(spot.current.row, rows - 1)),
    column: Math.max(0, Math.min(spot.current.column, columns - 1)),
  };
  const move = (grid: HTMLElement, next: Spot) => {
    elementAt(grid, spot.current)?.setAttribute('tabindex', '-1');
    elementAt(grid, next)?.setAttribute('tabindex', '0');
    spot.current = next;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const jump = event.ctrlKey || event.metaKey;
    const next = moved(spot.current, event.key, jump, rows, columns);
    if (!next) return;
    event.preventDefault();
    move(event.currentTarget, next);
    elementAt(event.currentTarget, next)?.focus();
  };
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const { row, column } = event.target.dataset;
    if (row === undefined || column === undefined) return;
    move(event.currentTarget, { row: Number(row), column: Number(column) });
  };
  const cell = useCallback(
    (row: number, column: number) => ({
      'data-row': row,
      'data-column': column,
      tabIndex: spot.current.row === row && spot.current.column === column ? 0 : -1,
    }),
    [],
  );
  return { keys: { onKeyDown, onFocus }, cell };
}
