import type { Ladder, Level } from '../../api/types';

/** The levels of a ladder, track after track. */
export function levelsOf(ladder: Pick<Ladder, 'tracks'>): Level[] {
  return ladder.tracks.flatMap((track) => track.levels);
}

/** The levels that a level is compared with: the next ones, also on the other track. */
export function levelsToCompare(
  ladder: Pick<Ladder, 'tracks'>,
  own: string | null | undefined,
): string[] {
  const levels = levelsOf(ladder);
  const level = levels.find((candidate) => candidate.code === own) ?? levels[0];
  if (!level) return [];
  const [next] = level.next ?? [];
  const above = levels.find((candidate) => candidate.code === next);
  const others = [...(level.next ?? []), ...(above?.equivalent ?? [])];
  return [level.code, ...new Set(others)].slice(0, 3);
}
