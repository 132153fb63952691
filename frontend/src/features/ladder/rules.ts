import type { Ladder } from '../../api/types';

type Rule = NonNullable<Ladder['rule']>;
type Way = NonNullable<NonNullable<Rule['counts']>[number]['any']>[number];

/** The names of the points of scales and of competencies. */
export type Names = { point: (key: string) => string; competency: (code: string) => string };

const asWritten: Names = { point: (key) => key, competency: (code) => code };

/** How ratings become advice about a level, in sentences. */
export function ruleWords(rule: Ladder['rule'], names = asWritten): string[] {
  switch (rule?.type) {
    case 'points':
      return [
        'The values of the points reached are added up.',
        ...(rule.levels ?? []).map((level, i) => `${level} from ${rule.thresholds?.[i] ?? 0}.`),
      ];
    case 'shape':
      return [shapeWords(rule)];
    case 'count':
      return (rule.counts ?? []).map(({ level, any, noneBelow }) => {
        const ways = any.map((way) => wayWords(way, names)).join(', or ');
        return `${level}: ${ways}${noneBelow ? `, and none below ${names.point(noneBelow)}` : ''}.`;
      });
    case 'average':
      return averageWords(rule, names);
    default:
      return ['People decide. The ladder computes nothing.'];
  }
}

function shapeWords({ minMet, tolerance }: Rule): string {
  const met = minMet ? `At least ${minMet} competencies` : 'All competencies';
  const below = tolerance
    ? `, or are at most ${tolerance === 1 ? 'one point' : `${tolerance} points`} below it`
    : '';
  return `${met} reach what is expected at the level${below}.`;
}

function wayWords({ at, n, all, including = [], and = [] }: Way, names: Names): string {
  const many = all ? 'all' : `at least ${n ?? 1}`;
  const who = including.map(names.competency).join(' and ');
  const named = who ? ` including ${who}` : '';
  return [
    `${many} at ${names.point(at)} or above${named}`,
    ...and.map((way) => wayWords(way, names)),
  ].join(' and ');
}

function averageWords({ above, without = [], noSkip, weights = [] }: Rule, names: Names): string[] {
  return [
    `The average value is above ${above ?? 'a value'}.`,
    ...(without.length > 0 ? [`Nothing is rated ${without.map(names.point).join(' or ')}.`] : []),
    ...(noSkip ? ['Only the next level can be reached. No level is skipped.'] : []),
    ...weights.map(
      ({ track, competency, weight }) =>
        `${names.competency(competency)} counts ${weight} times${track ? ` on ${track}` : ''}.`,
    ),
  ];
}
