import type { components } from '../../api/schema';
import type { ScalePoint } from '../../api/types';

export type Profile = components['schemas']['TechnologyProfile'];
export type Use = components['schemas']['TechnologyUse'];
export type Said = components['schemas']['TechnologySaid'];
export type Depth = Said['depth'];

/** What a person says about one technology, or null while they do not list it. */
export type Value = { depth: Depth; lastUsed: string | null; stance: string } | null;

/** The scale of the rating row. Its first point removes the technology from the profile. */
export const depthScale: ScalePoint[] = [
  { point: 0, key: 'none', label: 'Not in my profile', meaning: '' },
  { point: 1, key: 'tried', label: 'Tried', meaning: 'A course, a spike or a project of my own' },
  { point: 2, key: 'used', label: 'Used', meaning: 'Changed what others built with it' },
  {
    point: 3,
    key: 'production',
    label: 'Ran in production',
    meaning: 'Built with it and answered for it when it broke',
  },
  {
    point: 4,
    key: 'expert',
    label: 'Expert',
    meaning: 'Chose it or decided against it, and others ask me',
  },
];

export function ratingOf(value: Value): number | null {
  return value ? depthScale.findIndex(({ key }) => key === value.depth) : null;
}

/** The value at another depth. Everything else stays. */
export function atDepth(value: Value, rating: number): Value {
  const depth = depthScale[rating]?.key as Depth | 'none' | undefined;
  if (depth === undefined || depth === 'none') return null;
  return { lastUsed: null, stance: '', ...value, depth };
}

export function saidOf(use: Use | undefined): Value {
  return use
    ? { depth: use.depth, lastUsed: use.lastUsed ?? null, stance: use.stance ?? '' }
    : null;
}

export function keyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ');
}

export type Row = { name: string; use: Use | undefined };
export type Section = { name: string; rows: Row[] };
type Group = { name: string; items: string[] };

/** The catalogue with what somebody says about it, then what they added, by name. */
export function sectionsOf(
  catalogue: readonly Group[],
  uses: readonly Use[],
  added: readonly string[],
): Section[] {
  const said = new Map(uses.map((use) => [keyOf(use.name), use]));
  const known = new Set(catalogue.flatMap(({ items }) => items.map(keyOf)));
  const sections = catalogue.map(({ name, items }) => ({
    name,
    rows: items.map((item) => ({ name: item, use: said.get(keyOf(item)) })),
  }));
  const others = new Map<string, string>();
  for (const name of [...uses.map((use) => use.name), ...added]) {
    if (!known.has(keyOf(name)) && !others.has(keyOf(name))) others.set(keyOf(name), name);
  }
  const rows = [...others].map(([key, name]) => ({ name, use: said.get(key) }));
  rows.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return rows.length > 0 ? [...sections, { name: 'Others', rows }] : sections;
}

/** "In use", "Until March 2024". */
export function lastUsedWords(month: string | null | undefined): string {
  if (!month) return 'In use';
  const [year = 0, number = 1] = month.split('-').map(Number);
  const words = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric' });
  return `Until ${words.format(new Date(year, number - 1, 1))}`;
}

/** How many technologies known in depth have a stance, which is what a lead is asked for. */
export function stanceCount(uses: readonly Use[]): { deep: number; withStance: number } {
  const deep = uses.filter(({ depth }) => depth === 'production' || depth === 'expert');
  return { deep: deep.length, withStance: deep.filter(({ stance }) => stance).length };
}
