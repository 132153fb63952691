import { expect, test } from 'vitest';
import { withWords, wordsFor } from './words';

const piece = {
  id: 'e1',
  title: 'Ledger',
  happenedFrom: '2026-03-01',
  happenedTo: null,
  competencies: [],
  confirmed: false,
  links: [],
};
const answer = { competency: 'design', rating: 2, reason: 'I led it.', evidence: [piece] };
const tried = [
  { level: { code: 'IC5', title: 'Lead' }, answers: [answer, { ...answer, competency: 'craft' }] },
  { level: { code: 'M1', title: 'Manager' }, answers: [{ ...answer, reason: ' ' }] },
];

test('words for a competency come from every other level that has some', () => {
  expect(wordsFor({ tried }, 'design').map(({ level }) => level.code)).toEqual(['IC5']);
  expect(wordsFor({}, 'design')).toEqual([]);
});

test('words and evidence are added, and the rating stays', () => {
  const empty = { rating: 1, reason: '', evidence: [] };
  expect(withWords(empty, answer)).toEqual({ rating: 1, reason: 'I led it.', evidence: [piece] });
  expect(withWords({ rating: null, reason: 'Mine.', evidence: [piece] }, answer)).toEqual({
    rating: null,
    reason: 'Mine.\n\nI led it.',
    evidence: [piece],
  });
});
