import type { components } from '../../api/schema';
import type { Draft } from './queries';

type Schemas = components['schemas'];
type Document = NonNullable<Draft['document']>;
export type Outline = Schemas['LadderOutline'];
export type Heading = Schemas['LadderHeading'];
export type Level = Schemas['LadderLevel'];
export type Track = Schemas['LadderTrack'];
export type Category = Schemas['LadderCategory'];
export type Scale = Schemas['LadderScale'];
export type Expectation = Schemas['LadderExpectation'];
export type LayerRef = Schemas['LadderLayerRef'];
export type Rule = Schemas['LadderRule'];
export type Translation = Schemas['LadderTranslation'];

/** A change of an outline. It applies to the outline that the server has when its turn comes. */
export type Change = (outline: Outline) => Outline;

/** A document without its sentences, as it is sent. What it leaves out stays as it is. */
export function outlineOf({ framework: _, tracks, competencies, ...rest }: Document): Outline {
  return {
    ...rest,
    ...(tracks && {
      tracks: tracks.map((track) => ({ ...track, levels: track.levels.map(sendable) })),
    }),
    competencies: competencies.map(({ descriptors: _, ...heading }) => heading),
  };
}

/** The document says null where a level has nothing. The request leaves it out. */
function sendable({ shape, ...level }: Level): Level {
  return {
    ...level,
    equivalent: level.equivalent ?? [],
    next: level.next ?? [],
    ...(shape && { shape }),
  };
}

export function levelsOf({ tracks = [] }: Outline): Level[] {
  return tracks.flatMap(({ levels }) => levels);
}

/** The list with one entry moved by one place. At the ends it stays the same. */
export function moved<T>(list: T[], from: number, by: -1 | 1): T[] {
  const taken = list[from];
  const swapped = list[from + by];
  if (taken === undefined || swapped === undefined) return list;
  return list.with(from, swapped).with(from + by, taken);
}

/** Moves a level inside its track. Explicit heights stay where they were. */
export function movedLevel(outline: Outline, track: number, at: number, by: -1 | 1): Outline {
  return inTrack(outline, track, (levels) => {
    const heights = levels.map(({ ordinal }) => ordinal);
    return moved(levels, at, by).map((level, i) => ({ ...level, ordinal: heights[i] ?? 0 }));
  });
}

/** Replaces a level, or adds one at the end. Equivalence applies both ways. */
export function putLevel(outline: Outline, track: number, level: Level, at?: number): Outline {
  const put = inTrack(outline, track, (levels) =>
    at === undefined ? [...levels, level] : levels.with(at, level),
  );
  return {
    ...put,
    tracks: (put.tracks ?? []).map((each) => ({
      ...each,
      levels: each.levels.map((other) =>
        other.code === level.code || level.equivalent.includes(other.code)
          ? other
          : { ...other, equivalent: other.equivalent.filter((code) => code !== level.code) },
      ),
    })),
  };
}

export function withoutLevel(outline: Outline, track: number, at: number): Outline {
  return inTrack(outline, track, (levels) => levels.toSpliced(at, 1));
}

function inTrack(outline: Outline, at: number, change: (levels: Level[]) => Level[]): Outline {
  return {
    ...outline,
    tracks: (outline.tracks ?? []).map((track, i) =>
      i === at ? { ...track, levels: change(track.levels) } : track,
    ),
  };
}

/** Sets a competency and what each level expects of it. */
export function putCompetency(
  outline: Outline,
  heading: Heading,
  expected: Expectation[],
  at?: number,
): Outline {
  const { competencies } = outline;
  const others = (outline.expectations ?? []).filter(
    ({ competency }) => competency !== heading.code,
  );
  return {
    ...outline,
    competencies: at === undefined ? [...competencies, heading] : competencies.with(at, heading),
    expectations: [...others, ...expected],
  };
}

/** A code from a name: "System design" becomes "system-design". */
export function codeOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

export const emptyLevel: Level = {
  code: '',
  title: '',
  shortTitle: '',
  ordinal: 0,
  summary: '',
  equivalent: [],
  next: [],
};
