import { expect, test } from 'vitest';
import { categoryPath, groupsOf } from './categories';

const categories = [
  { code: 'people', name: 'People' },
  { code: 'talk', name: 'Talking', parent: 'people' },
];

test('a category is named with its outer categories', () => {
  expect(categoryPath(categories, 'talk')).toBe('People, Talking');
  expect(categoryPath(categories, 'nowhere')).toBe('');
});

test('neighbouring competencies of one category are a group, in their order', () => {
  const competencies = [
    { code: 'a', category: 'talk' },
    { code: 'b', category: 'talk' },
    { code: 'c', category: '' },
    { code: 'd', category: 'talk' },
  ];
  const groups = groupsOf({ categories, competencies });
  expect(groups.map(({ path, from, competencies: list }) => [path, from, list.length])).toEqual([
    ['People, Talking', 0, 2],
    ['', 2, 1],
    ['People, Talking', 3, 1],
  ]);
});
