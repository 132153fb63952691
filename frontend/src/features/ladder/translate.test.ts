import { expect, test } from 'vitest';
import type { Ladder } from '../../api/types';
import { languagesOf, translated } from './translate';

const ladder = {
  language: 'en',
  name: 'Small',
  scale: [],
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

test('translated texts are shown, the rest stays in the original', () => {
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

test('scales, prose, notes and variants are translated too', () => {
  const text = (of: string) => ({ locale: 'de', of, text: `de ${of}` });
  const german = translated(
    {
      ...ladder,
      scaleCode: 'depth',
      scale: [{ point: 0, key: 'low', label: 'Low', meaning: 'A bit.' }],
      archetypes: [{ code: 'solver', name: 'Solver', levels: [] }],
      modifiers: [{ key: 'at', label: 'At it' }],
      competencies: [
        {
          ...ladder.competencies[0],
          cells: [
            {
              level: 'A',
              narrative: 'Prose.',
              points: [],
              notes: [{ uid: 'n', text: 'Note.' }],
              variants: [
                { level: 'solver', narrative: 'Own.', points: [{ uid: 'v', text: 'Finds.' }] },
              ],
            },
          ],
        },
      ],
      translations: [
        'scales/depth/low/label',
        'competencies/design/A/narrative',
        'competencies/design/A/solver/narrative',
        'n',
        'v',
        'archetypes/solver/name',
        'modifiers/at/label',
      ].map(text),
    } as unknown as Ladder,
    'de',
  );
  const cell = german.competencies[0]?.cells[0];
  expect(german.scale[0]?.label).toBe('de scales/depth/low/label');
  expect(german.scale[0]?.meaning).toBe('A bit.');
  expect(cell?.narrative).toBe('de competencies/design/A/narrative');
  expect(cell?.notes?.[0]?.text).toBe('de n');
  expect(cell?.variants?.[0]?.points[0]?.text).toBe('de v');
  expect(cell?.variants?.[0]?.narrative).toBe('de competencies/design/A/solver/narrative');
  expect(german.archetypes?.[0]?.name).toBe('de archetypes/solver/name');
  expect(german.modifiers?.[0]?.label).toBe('de modifiers/at/label');
});
