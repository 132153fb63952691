import type { Ladder, Level } from '../../api/types';

export type Node = {
  level: Level;
  track: string;
  kind: string;
  x: number;
  y: number;
  small: boolean;
};
/** A line between two levels: where people go, in one direction or in both, or the same height. */
export type Line = { from: Node; to: Node; kind: 'next' | 'same'; both: boolean };
export type LadderMap = {
  nodes: Node[];
  lines: Line[];
  tracks: { code: string; name: string; x: number }[];
  width: number;
  height: number;
};

export const box = { width: 210, height: 46 };
const gap = { x: 60, y: 22 };
const margin = { top: 48, left: 8 };

/** Tracks as columns and levels as high as their ordinal. Lines show where people usually go. */
export function mapOf(ladder: Pick<Ladder, 'tracks'>): LadderMap {
  const heights = [
    ...new Set(ladder.tracks.flatMap(({ levels }) => levels.map(({ ordinal }) => ordinal))),
  ].toSorted((one, other) => other - one);
  const nodes: Node[] = ladder.tracks.flatMap((track, column) =>
    track.levels.map((level) => ({
      level,
      track: track.code,
      kind: track.kind,
      x: margin.left + column * (box.width + gap.x),
      y: margin.top + heights.indexOf(level.ordinal) * (box.height + gap.y),
      small: Boolean(level.sublevelOf),
    })),
  );
  const known = new Map(nodes.map((node) => [node.level.code, node]));
  const lines = nodes.flatMap((from) => [...nextOf(from, known), ...sameAs(from, known)]);
  return {
    nodes,
    lines,
    tracks: ladder.tracks.map(({ code, name }, column) => ({
      code,
      name,
      x: margin.left + column * (box.width + gap.x),
    })),
    width: 2 * margin.left + ladder.tracks.length * (box.width + gap.x),
    height: margin.top + heights.length * (box.height + gap.y),
  };
}

type Known = Map<string, Node>;

/** Steps that lead both ways are one line with two heads. */
function nextOf(from: Node, known: Known): Line[] {
  return (from.level.next ?? []).flatMap((code) => {
    const to = known.get(code);
    if (!to || to === from) return [];
    const both = (to.level.next ?? []).includes(from.level.code);
    const drawnFromThere = both && from.level.ordinal > to.level.ordinal;
    const drawnFromLeft = both && from.level.ordinal === to.level.ordinal && from.x > to.x;
    return drawnFromThere || drawnFromLeft ? [] : [{ from, to, kind: 'next' as const, both }];
  });
}

/** Equal levels, each joined to the nearest one of the same height. */
function sameAs(from: Node, known: Known): Line[] {
  const equal = from.level.equivalent ?? [];
  const joined = (to: Node) =>
    equal.some((code) => {
      const between = known.get(code);
      return (
        between !== undefined &&
        between.x > from.x &&
        between.x < to.x &&
        (between.level.equivalent ?? []).includes(to.level.code)
      );
    });
  return equal.flatMap((code) => {
    const to = known.get(code);
    return to && from.x < to.x && !joined(to)
      ? [{ from, to, kind: 'same' as const, both: false }]
      : [];
  });
}

/** Lines between equal levels leave a box above its middle, and other lines below it, so that both can be seen. */
const offset = { same: -9, next: 9 };

/**
 * The path of a line. Neighbours are joined by a straight line. Other lines run in the
 * gaps between columns and rows, where there is no box.
 */
export function pathOf({ from, to, kind }: Line): string {
  const right = to.x >= from.x;
  const sameColumn = from.x === to.x;
  const rows = Math.round((from.y - to.y) / (box.height + gap.y));
  const columns = Math.round(Math.abs(to.x - from.x) / (box.width + gap.x));
  const start = { x: sideOf(from, right), y: from.y + box.height / 2 + offset[kind] };
  if (sameColumn && rows === 1) return `M${middleOf(from)} ${from.y} V${to.y + box.height}`;
  const gutter = right ? from.x + box.width + gap.x / 2 : from.x - gap.x / 2;
  if (sameColumn) {
    return `M${start.x} ${start.y} H${gutter} V${to.y + box.height / 2 - offset[kind]} H${sideOf(to, true)}`;
  }
  if (rows === 0 && columns === 1) return `M${start.x} ${start.y} H${sideOf(to, !right)}`;
  if (rows === 0) {
    const last = right ? to.x - gap.x / 2 : to.x + box.width + gap.x / 2;
    const under = from.y + box.height + gap.y / 2;
    return `M${start.x} ${start.y} H${gutter} V${under} H${last} V${start.y} H${sideOf(to, !right)}`;
  }
  const end = rows > 0 ? to.y + box.height : to.y;
  const lane = rows > 0 ? end + gap.y / 2 : end - gap.y / 2;
  return `M${start.x} ${start.y} H${gutter} V${lane} H${middleOf(to)} V${end}`;
}

/** The indent of a step inside a level. */
const inset = 24;

function sideOf({ x, small }: Node, right: boolean): number {
  if (right) return x + box.width;
  return small ? x + inset : x;
}

const middleOf = ({ x, small }: Node) => x + (small ? inset : 0) / 2 + box.width / 2;
