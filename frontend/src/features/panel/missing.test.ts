import { expect, test } from 'vitest';
import { type BallotInput, ballotLeft, reasonsMissing } from './missing';

const rows = [
  { competency: 'design', name: 'System design', needs: 2 },
  { competency: 'mentoring', name: 'Mentoring', needs: 2 },
];
const empty: BallotInput = {
  marks: {},
  reasons: {},
  vote: null,
  confidence: null,
  reason: '',
  notes: '',
};

test('an empty ballot lacks everything', () => {
  expect(ballotLeft(empty, rows)).toBe('2 marks, vote, confidence, 1 reason left');
});

test('a mark below Met needs its own reason', () => {
  const value = { ...empty, marks: { design: 2, mentoring: 1 } } as const;
  expect(reasonsMissing(value, rows)).toEqual(['Mentoring']);
  expect(reasonsMissing({ ...value, reasons: { mentoring: 'No goal' } }, rows)).toEqual([]);
});

test('a full ballot lacks nothing', () => {
  const full: BallotInput = {
    marks: { design: 3, mentoring: 0 },
    reasons: { mentoring: 'No example' },
    vote: 'not_yet',
    confidence: 'low',
    reason: 'Design yes, mentoring no',
    notes: '',
  };
  expect(ballotLeft(full, rows)).toBe('');
});
