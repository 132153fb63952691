import type { CellEdit, Criterion, Draft } from './queries';

/** Where a cell is: a competency at a level, or at a point of its scale. */
export type Anchor = { competency: string; anchor: string };

/** What the draft itself says of a cell; layers below are not in it. */
export function cellOf(draft: Draft, { competency, anchor }: Anchor): CellEdit {
  const entry = draft.document?.competencies.find((each) => each.code === competency);
  const descriptor = entry?.descriptors?.find(
    ({ at }) =>
      !at.levels &&
      !at.track &&
      !at.archetype &&
      (at.level === anchor || (!at.level && at.point === anchor)),
  );
  return {
    narrative: descriptor?.narrative ?? '',
    criteria: (descriptor?.criteria ?? []).map((criterion) => ({ ...criterion })),
  };
}

/** A cell as it is sent: without sentences that are empty. */
export function tidy({ narrative, criteria }: CellEdit): CellEdit {
  return {
    ...(narrative?.trim() && { narrative: narrative.trim() }),
    criteria: criteria.filter(({ text }) => text.trim() !== ''),
  };
}

export function replaced(criteria: Criterion[], at: number, part: Partial<Criterion>): Criterion[] {
  return criteria.map((criterion, i) => (i === at ? { ...criterion, ...part } : criterion));
}

/** The sentence moved up or down by one. */
export function shifted(criteria: Criterion[], at: number, by: -1 | 1): Criterion[] {
  const to = at + by;
  if (to < 0 || to >= criteria.length) return criteria;
  const next = [...criteria];
  const [taken] = next.splice(at, 1);
  if (taken) next.splice(to, 0, taken);
  return next;
}

export function cellWords({ narrative, criteria }: CellEdit): string {
  return [narrative, ...criteria.map(({ text }) => text)].filter(Boolean).join('\n');
}
