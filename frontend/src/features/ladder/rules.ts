import type { Ladder } from '../../api/types';

type Rule = NonNullable<Ladder['rule']>;
type Way = NonNullable<NonNullable<Rule['counts']>[number]['any']>[number];

/** How ratings become advice about a level, in sentences. */
export function ruleWords(rule: Ladder['rule']): string[] {
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
        const ways = any.map(wayWords).join(', or ');
        return `${level}: ${ways}${noneBelow ? `, and none below ${noneBelow}` : ''}.`;
      });
    case 'average':
      return averageWords(rule);
    default:
      return ['People decide. The ladder computes nothing.'];
  }
}

function shapeWords({ minMet, tolerance }: Rule): string {
  const met = minMet ? `At least ${minMet} competencies` : 'All competencies';
  const below = tolerance
    ? `, or lie at most ${tolerance === 1 ? 'one point' : `${tolerance} points`} below it`
    : '';
  return `${met} reach what is expected at the level${below}.`;
}

function wayWords({ at, n, all, including = [], and = [] }: Way): string {
  const many = all ? 'all' : `at least ${n ?? 1}`;
  const named = including.length > 0 ? ` including ${including.join(' and ')}` : '';
  return [`${many} at ${at} or above${named}`, ...and.map(wayWords)].join(' and ');
}

function averageWords({ above, without = [], noSkip, weights = [] }: Rule): string[] {
  return [
    `The average value lies above ${above ?? 0}.`,
    ...(without.length > 0 ? [`Nothing is rated ${without.join(' or ')}.`] : []),
    ...(noSkip ? ['Only the next level can be reached; none is skipped.'] : []),
    ...weights.map(
      ({ track, competency, weight }) =>
        `${competency} counts ${weight} times${track ? ` on ${track}` : ''}.`,
    ),
  ];
}
