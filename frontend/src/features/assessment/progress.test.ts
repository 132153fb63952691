import { expect, test } from 'vitest';
import { assessment, item } from '../../test/fixtures/assessment';
import {
  assessmentTitle,
  byCategory,
  missing,
  missingWords,
  ratedCount,
  ratingLabel,
} from './progress';

const rated = item({ competency: 'a', name: 'A', rating: 2, reason: 'Because' });
const bare = item({ competency: 'b', name: 'B', rating: 0, reason: ' ' });
const open = item({ competency: 'c', name: 'C', category: 'People', rating: null });

test('"not shown" is a rating, and every rating needs a reason', () => {
  expect(ratedCount([rated, bare, open])).toBe(2);
  expect(missing([rated, bare, open]).map(({ words }) => words)).toEqual([
    'B has no reason',
    'C is not rated',
  ]);
  const all = assessment({ items: [rated, bare, open] });
  expect(missingWords(all)).toBe('1 rating, 1 reason left');
  expect(missingWords(assessment({ items: [rated] }))).toBe('');
});

test('a level with places inside it needs one', () => {
  const modifiers = [{ key: 'at', label: 'At' }];
  const placed = { items: [rated], modifiers };
  expect(missingWords(assessment({ ...placed, modifier: '' }))).toBe(
    '1 place inside the level left',
  );
  expect(missingWords(assessment({ ...placed, modifier: 'at' }))).toBe('');
});

test('categories keep the order of the ladder', () => {
  expect(byCategory([rated, open, bare]).map(([name, items]) => [name, items.length])).toEqual([
    ['Craft', 2],
    ['People', 1],
  ]);
});

test('the title says whose assessment it is', () => {
  expect(assessmentTitle(assessment(), 'p-noor')).toBe('Self-assessment against IC5 Lead');
  expect(assessmentTitle(assessment(), 'p-marta')).toBe(
    'Noor Adeyinka’s self-assessment against IC5 Lead',
  );
  expect(assessmentTitle(assessment({ kind: 'manager' }), 'p-marta')).toBe(
    'Noor Adeyinka against IC5 Lead',
  );
});

test('a rating is labelled with its author', () => {
  const marta = { id: 'p-marta', name: 'Marta Okonjo' };
  const byMarta = assessment({ kind: 'manager', author: marta });
  expect(ratingLabel(assessment(), 'p-noor')).toBe('Your rating');
  expect(ratingLabel(assessment(), 'p-marta')).toBe('Noor Adeyinka’s rating');
  expect(ratingLabel(byMarta, 'p-marta')).toBe('Your rating of Noor');
  expect(ratingLabel(byMarta, 'p-noor')).toBe('Marta Okonjo’s rating');
});
