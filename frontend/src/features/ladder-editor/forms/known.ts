import type { Names } from '../../ladder/rules';
import { type Level, levelsOf, type Outline, type Scale, type Track } from '../outline';
import type { Draft } from '../queries';

export type Choice = { value: string; label: string };

/** What the forms may refer to: the parts of the draft, and those of the ladders that it is built on. */
export type Known = {
  tracks: Track[];
  levels: Level[];
  competencies: { code: string; name: string; points: Scale['points'] }[];
  /** The points of all scales, with each key once. */
  points: Scale['points'];
  /** The points of a scale, by default of the ladder's own scale. */
  pointsOf: (scale: string | undefined) => Scale['points'];
};

type Rubric = NonNullable<Draft['rubric']>;
type Point = Scale['points'][number];

/** Reads them from an outline, and from the rubric what comes from the ladders below. */
export function knownOf(outline: Outline, rubric: Rubric | undefined): Known {
  const tracks = outline.tracks?.length ? outline.tracks : (rubric?.tracks ?? []);
  const scales = { ...belowOf(rubric), ...outline.scales };
  const rating = outline.rating || rubric?.scaleCode || onlyOne(scales);
  const pointsOf = (code: string | undefined) =>
    (scales[code || rating] ?? rubric?.scales[''])?.points ?? [];
  const own = outline.competencies.map(({ code, name, scale }) => ({
    code,
    name: name || code,
    points: pointsOf(scale),
  }));
  const below = (rubric?.competencies ?? [])
    .filter(({ code }) => !own.some((each) => each.code === code))
    .map(({ code, name, scaleCode }) => ({ code, name, points: pointsOf(scaleCode) }));
  const competencies = outline.layers?.length ? [...below, ...own] : own;
  return {
    tracks,
    levels: levelsOf({ ...outline, tracks }),
    competencies,
    pointsOf,
    points: distinct(competencies.flatMap(({ points }) => points)),
  };
}

/** The named scales of the rubric. The scale without a name is Rung's own. */
function belowOf(rubric: Rubric | undefined): Record<string, Scale> {
  return Object.fromEntries(Object.entries(rubric?.scales ?? {}).filter(([code]) => code !== ''));
}

function onlyOne(scales: Record<string, Scale>): string {
  const [one, ...more] = Object.keys(scales);
  return more.length === 0 ? (one ?? '') : '';
}

function distinct(points: Point[]): Point[] {
  return [...new Map(points.toReversed().map((point) => [point.key, point])).values()].toReversed();
}

export function levelChoices({ levels }: Known): Choice[] {
  return levels.map(({ code, title }) => ({
    value: code,
    label: title && title !== code ? `${code} ${title}` : code,
  }));
}

export function pointChoices({ points }: Known): Choice[] {
  return points.map(({ key, label }) => ({ value: key, label: label || key }));
}

export function competencyChoices({ competencies }: Known): Choice[] {
  return competencies.map(({ code, name }) => ({ value: code, label: name }));
}

/** The choices, including what is chosen but no longer on the ladder. */
export function orGone(choices: Choice[], value: string): Choice[] {
  const known = value === '' || choices.some((each) => each.value === value);
  return known ? choices : [...choices, { value, label: `${value}, which no longer exists` }];
}

/** The names of points and competencies, for sentences about a rule. */
export function namesOf({ points, competencies }: Known): Names {
  return {
    point: (key) => points.find((point) => point.key === key)?.label || key,
    competency: (code) => competencies.find((each) => each.code === code)?.name ?? code,
  };
}
