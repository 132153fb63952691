import type { Rule } from '../outline';
import type { ErrorsOf } from './errors';
import type { Known } from './known';

export type Way = NonNullable<Rule['counts']>[number]['any'][number];
type Counting = NonNullable<Rule['counts']>[number];
export type Weight = NonNullable<Rule['weights']>[number];

/** What the fields for one type of rule get. */
export type RuleFields = {
  rule: Rule;
  known: Known;
  wrong: ErrorsOf;
  onChange: (rule: Rule) => void;
};

/** Which fields each type of rule has. */
const fields: Record<string, (keyof Rule)[]> = {
  points: ['levels', 'thresholds'],
  shape: ['tolerance', 'minMet'],
  count: ['counts'],
  average: ['above', 'without', 'noSkip', 'weights'],
};

/** The rule as it is saved, with the fields of its type only. */
export function tidyRule(rule: Rule): Rule {
  const kept = fields[rule.type] ?? [];
  return {
    type: rule.type,
    ...(Object.fromEntries(
      kept.map((key) => [key, rule[key]]).filter(([, value]) => said(value)),
    ) as Partial<Rule>),
  };
}

/** Undefined, false and an empty list are defaults and are left out. A number, even 0, is kept. */
const said = (value: unknown) =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

/**
 * The levels of a ladder in the order of a rule. A level that the rule lacks follows
 * the level before it. Levels that no longer exist stay.
 */
export function orderOf(all: string[], ruled: string[]): string[] {
  const order = [...ruled];
  for (const [at, code] of all.entries()) {
    if (order.includes(code)) continue;
    const before = all.slice(0, at).findLast((each) => order.includes(each));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, code);
  }
  return order;
}

/** Sets the number of points from which a level is reached. Undefined removes the level from the rule. */
export function putThreshold(
  rule: Rule,
  order: string[],
  level: string,
  threshold: number | undefined,
): Rule {
  const { levels = [], thresholds = [] } = rule;
  const known = new Map(levels.map((code, i) => [code, thresholds[i]]));
  known.set(level, threshold);
  const kept = order.flatMap((code) => {
    const value = known.get(code);
    return value === undefined ? [] : [{ code, value }];
  });
  return {
    ...rule,
    levels: kept.map(({ code }) => code),
    thresholds: kept.map(({ value }) => value),
  };
}

/** Sets what a level asks for. Undefined removes the level from the rule. */
export function putCounting(
  rule: Rule,
  order: string[],
  level: string,
  part: Partial<Counting> | undefined,
): Rule {
  const { counts = [] } = rule;
  const now = counts.find((each) => each.level === level) ?? { level, any: [] };
  const put = counts.filter((each) => each.level !== level);
  if (part) put.push({ ...now, ...part });
  return {
    ...rule,
    counts: put.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level)),
  };
}

/** The demands that a way joins with "and", as a list. */
export function demandsOf({ and = [], ...way }: Way): Way[] {
  return [way, ...and.flatMap(demandsOf)];
}

/** One way of several demands, or none without demands. */
export function wayOf([first, ...more]: Way[]): Way | undefined {
  if (!first) return undefined;
  return { ...first, ...(more.length > 0 && { and: more }) };
}

/** The fewest and the most points that ratings can add up to. */
export function reachOf({ competencies }: Known): [number, number] {
  return competencies.reduce<[number, number]>(
    ([least, most], { points }) => {
      const values = points.map(({ value }, place) => value ?? place);
      return [least + (values[0] ?? 0), most + (values.at(-1) ?? 0)];
    },
    [0, 0],
  );
}
