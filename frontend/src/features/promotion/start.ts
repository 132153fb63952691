import type { RuleView, Target } from './startQueries';

export const ruleNames: Record<RuleView['rule'], string> = {
  time_in_level: 'Time at the level',
  cool_down: 'Since the last case',
};

type Group = { title: string; note: string; targets: Target[] };

const groups: { title: string; note: string; of: Target['direction'][] }[] = [
  { title: 'The next level', note: '', of: ['up'] },
  { title: 'Higher', note: 'This skips a level and needs a reason.', of: ['skip'] },
  { title: 'Sideways', note: 'Another track at the same height.', of: ['sideways'] },
  {
    title: 'Another track',
    note: 'The ladder does not say how it compares with this one, so it needs a reason.',
    of: ['across'],
  },
  { title: 'Lower', note: 'This is a re-level and no promotion. It needs a reason.', of: ['down'] },
];

/** The levels by what going there means, without empty groups. */
export function groupsOf(targets: Target[]): Group[] {
  return groups
    .map(({ title, note, of }) => ({
      title,
      note,
      targets: targets.filter(({ direction }) => of.includes(direction)),
    }))
    .filter((group) => group.targets.length > 0);
}

/** The last of the days until which the rules make the person wait for a level. */
export function waitsUntil(rules: RuleView[], target: Target): string | undefined {
  return rules
    .filter(({ rule, until }) => until && target.waitsFor.includes(rule))
    .map(({ until }) => until ?? '')
    .toSorted()
    .at(-1);
}

/** What keeps the button from starting the case, in words; empty when nothing does. */
export function missing(
  rules: RuleView[],
  target: Target | undefined,
  reason: string,
): 'target' | 'wait' | 'reason' | undefined {
  if (!target) return 'target';
  if (waitsUntil(rules, target)) return 'wait';
  return target.needsReason && reason.trim() === '' ? 'reason' : undefined;
}
