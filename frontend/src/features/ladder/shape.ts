import type { RoleShape } from '../../api/types';

function range(from: number, to: number | null): string {
  if (to === null) return `${from}+`;
  return from === to ? String(from) : `${from}-${to}`;
}

/** The typical shape of a role as [figure, what it counts]. */
export function shapeFacts(shape: RoleShape): [string, string][] {
  const facts: [string, string][] = [
    [`${shape.codingShare} %`, 'coding'],
    [range(shape.reportsMin, shape.reportsMax), 'reports'],
  ];
  if (shape.writesReviews) facts.push(['writes', 'reviews']);
  if (shape.yearsMin !== null) facts.push([range(shape.yearsMin, shape.yearsMax), 'years']);
  return facts;
}
