import type { Ladder } from '../../api/types';

export type Hit = { uid: string; competency: string; level: string; text: string };

const most = 100;

/** Every sentence of the ladder with all the words, in reading order, at most 100. */
export function hitsOf({ competencies }: Pick<Ladder, 'competencies'>, words: string): Hit[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const hits: Hit[] = [];
  for (const { code, name, cells } of competencies) {
    for (const { level, narrative, points, examples = [], notes = [] } of cells) {
      const prose = narrative ? [{ uid: `c-${code}`, text: narrative }] : [];
      for (const { uid, text } of [...prose, ...points, ...examples, ...notes]) {
        const all = `${name} ${text}`.toLowerCase();
        if (wanted.every((word) => all.includes(word))) {
          hits.push({ uid, competency: name, level, text });
          if (hits.length === most) return hits;
        }
      }
    }
  }
  return hits;
}
