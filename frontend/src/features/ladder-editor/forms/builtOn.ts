import type { LayerRef, Outline } from '../outline';

/** A ladder below, with the fields of the form. */
export type Below = { slug: string; range: string; mode: string };

/** What a ladder is built on and where it applies. */
export type Place = { layer: string; discipline: string; team: string; below: Below[] };

export function placeOf({ layer, discipline, team, layers = [] }: Outline): Place {
  return {
    layer: layer || 'craft',
    discipline: discipline ?? '',
    team: team ?? '',
    below: layers.map(belowOf),
  };
}

/** Splits company-generic@^3 into its parts. */
export function belowOf({ from, mode = '' }: LayerRef): Below {
  const [slug = '', ...range] = from.split('@');
  return { slug, range: range.join('@'), mode };
}

function refOf({ slug, range, mode }: Below): LayerRef {
  const within = range.trim();
  return { from: within ? `${slug}@${within}` : slug, ...(mode && { mode }) };
}

/** Puts it into an outline. The craft layer is the default, so an outline without a layer stays without one. */
export function putPlace(outline: Outline, { layer, discipline, team, below }: Place): Outline {
  return {
    ...outline,
    layer: layer === 'craft' && !outline.layer ? '' : layer,
    discipline: discipline.trim(),
    team: team.trim(),
    layers: below.map(refOf),
  };
}

/** Ranges that fit a version: "^2" is the newest version 2, and a plain version never changes. */
export function rangesOf(version: string | undefined): string[] {
  if (!version) return [];
  const [major = '0', minor = '0'] = version.split('.');
  return [
    ...new Set([major === '0' ? `^${major}.${minor}` : `^${major}`, `~${major}.${minor}`, version]),
  ];
}
