import { expect, test } from 'vitest';
import type { Ladder } from '../../api/types';
import { categoryPath } from './categories';
import { languagesOf, translated } from './translate';

const ladder = {
  language: 'en',
  name: 'Small',
  summary: '',
  tracks: [{ levels: [{ code: 'A', title: 'Engineer', shortTitle: 'Eng', summary: 'Builds.' }] }],
  categories: [{ code: 'craft', name: 'Craft' }],
  competencies: [
    {
      code: 'design',
      name: 'Design',
      description: '',
      cells: [
        {
          level: 'A',
          points: [
            { uid: 'a', text: 'Designs.' },
            { uid: 'b', text: 'Draws.' },
          ],
        },
      ],
    },
  ],
  translations: [
    { locale: 'de', of: 'levels/A/title', text: 'Entwicklerin' },
    { locale: 'de', of: 'competencies/design/name', text: 'Entwurf' },
    { locale: 'de', of: 'a', text: 'Entwirft.' },
  ],
} as unknown as Ladder;

test('what is translated is shown, the rest stays', () => {
  const german = translated(ladder, 'de');
  expect(german.competencies[0]?.name).toBe('Entwurf');
  expect(german.competencies[0]?.cells[0]?.points.map(({ text }) => text)).toEqual([
    'Entwirft.',
    'Draws.',
  ]);
  expect(german.tracks[0]?.levels[0]?.shortTitle).toBe('Entwicklerin');
  expect(german.name).toBe('Small');
  expect(translated(ladder, 'fr')).toBe(ladder);
  expect(languagesOf(ladder)).toEqual(['en', 'de']);
});

test('categories lie inside each other', () => {
  const categories = [
    { code: 'building', name: 'Building' },
    { code: 'running', name: 'Running things', parent: 'building' },
  ];
  expect(categoryPath(categories, 'running')).toBe('Building, Running things');
  expect(categoryPath(categories, 'other')).toBe('');
});
