import type { Ladder, Level } from '../../api/types';

export type Node = {
  level: Level;
  track: string;
  kind: string;
  x: number;
  y: number;
  small: boolean;
};
export type Line = { from: Node; to: Node; kind: 'next' | 'same' };
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

/** Tracks as columns, levels as high as their ordinal; lines go where people usually go. */
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
  const lines: Line[] = [];
  for (const from of nodes) {
    for (const code of from.level.next ?? []) {
      const to = known.get(code);
      if (to && to.level.ordinal > from.level.ordinal) lines.push({ from, to, kind: 'next' });
    }
    for (const code of from.level.equivalent ?? []) {
      const to = known.get(code);
      if (to && from.x < to.x) lines.push({ from, to, kind: 'same' });
    }
  }
  return {
    nodes,
    lines,
    tracks: ladder.tracks.map(({ code, name }, column) => ({
      code,
      name,
      x: margin.left + column * (box.width + gap.x),
    })),
    width: 2 * margin.left + ladder.tracks.length * (box.width + gap.x) - gap.x,
    height: margin.top + heights.length * (box.height + gap.y),
  };
}

/** The path of a line: straight up in a track, a bend to another one. */
export function pathOf({ from, to, kind }: Line): string {
  if (kind === 'same') {
    const y = from.y + box.height / 2;
    return `M${from.x + box.width} ${y} H${to.x}`;
  }
  const x = from.x + box.width / 2;
  const end = to.x + box.width / 2;
  const bottom = to.y + box.height;
  if (x === end) return `M${x} ${from.y} V${bottom}`;
  const middle = bottom + gap.y / 2;
  return `M${x} ${from.y} V${middle} H${end} V${bottom}`;
}
