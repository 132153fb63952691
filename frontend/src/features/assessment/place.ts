import type { Assessment, Rating, ScalePoint } from '../../api/types';

type Modifiers = Assessment['modifiers'];

/** The places inside a level as the points of a scale. */
export function scaleOf(modifiers: Modifiers): ScalePoint[] {
  return modifiers.map(({ key, label, meaning = '' }, point) => ({ point, key, label, meaning }));
}

export function ratingOf(modifiers: Modifiers, key: string): Rating {
  const at = modifiers.findIndex((modifier) => modifier.key === key);
  return at < 0 ? null : at;
}
