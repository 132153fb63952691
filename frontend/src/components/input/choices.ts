import type { KeyboardEvent } from 'react';

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Where an arrow key leads in a row of `total` choices that wraps around; undefined for other keys. */
export function arrowTarget(key: string, from: number, total: number): number | undefined {
  const step = steps[key];
  return step === undefined ? undefined : (from + step + total) % total;
}

/** The choice that a digit names, when there is one. */
export function digitOf(key: string, total: number): number | undefined {
  return /^\d$/.test(key) && Number(key) < total ? Number(key) : undefined;
}

/** The digits that choose among `total` choices, as people read them: "0 to 3". */
export function digitWords(total: number): string {
  const last = Math.min(total, 10) - 1;
  return last > 0 ? `0 to ${last}` : '0';
}

export function focusSibling(event: KeyboardEvent<HTMLElement>, index: number): void {
  const group = event.currentTarget.closest('[role="radiogroup"]');
  const radios = group?.querySelectorAll<HTMLElement>('[role="radio"]');
  radios?.[index]?.focus();
}

/** The one radio of a group that Tab stops at: the chosen one, else the first. */
export function isTabStop(index: number, chosen: number): boolean {
  return index === Math.max(0, chosen);
}
