import type { LadderCell } from '../../api/types';

type Point = LadderCell['points'][number];
type Explanation = { kind: 'Example' | 'Not yet' | 'Note'; point: Point };

/** What explains one sentence of a cell: examples, anti-examples and notes. */
export function explains(cell: LadderCell, uid: string): Explanation[] {
  const of = (kind: Explanation['kind'], points: Point[] = []) =>
    points.filter(({ parent }) => parent === uid).map((point) => ({ kind, point }));
  return [
    ...of('Example', cell.examples),
    ...of('Not yet', cell.antiExamples),
    ...of('Note', cell.notes),
  ];
}

/** A cell with what explains all of it, without what belongs to one of its sentences. */
export function restOf(cell: LadderCell) {
  const sentences = new Set(cell.points.map(({ uid }) => uid));
  const free = (points: Point[] = []) =>
    points.filter(({ parent }) => parent === undefined || !sentences.has(parent));
  return {
    ...cell,
    notes: free(cell.notes),
    examples: free(cell.examples),
    antiExamples: free(cell.antiExamples),
  };
}
