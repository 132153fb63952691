import { expect, test } from 'vitest';
import { groupsOf, missing, waitsUntil } from './start';
import type { RuleView, Target } from './startQueries';

function target(code: string, direction: Target['direction'], part: Partial<Target> = {}): Target {
  return {
    level: { code, title: code },
    track: 'Engineers',
    direction,
    skipped: [],
    kind: 'promotion',
    needsReason: false,
    waitsFor: [],
    ...part,
  };
}

const rules: RuleView[] = [
  { rule: 'time_in_level', words: '', until: '2027-03-01' },
  { rule: 'cool_down', words: '', until: '2027-05-01' },
];

test('levels are grouped by what going there means, in that order', () => {
  const list = [target('IC3', 'down'), target('IC6', 'skip'), target('IC5', 'up')];
  expect(groupsOf(list).map(({ title }) => title)).toEqual(['The next level', 'Higher', 'Lower']);
});

test('the last day of the rules that hold counts', () => {
  const both = target('IC5', 'up', { waitsFor: ['time_in_level', 'cool_down'] });
  expect(waitsUntil(rules, both)).toBe('2027-05-01');
  expect(waitsUntil(rules, target('M1', 'sideways', { waitsFor: ['cool_down'] }))).toBe(
    '2027-05-01',
  );
  expect(waitsUntil(rules, target('IC3', 'down'))).toBeUndefined();
});

test('what is missing is named, one thing after the other', () => {
  const skip = target('IC6', 'skip', { needsReason: true });
  expect(missing(rules, undefined, '')).toBe('target');
  expect(missing(rules, target('IC5', 'up', { waitsFor: ['cool_down'] }), 'x')).toBe('wait');
  expect(missing(rules, skip, '  ')).toBe('reason');
  expect(missing(rules, skip, 'Does the work already.')).toBeUndefined();
});
