import { expect, test } from 'vitest';
import type { Outline } from '../outline';
import type { Draft } from '../queries';
import { hintsOf } from './hints';
import { countSaid, localesOf, putSaid, saidIn, textsOf, wrongIn } from './texts';

const document = {
  framework: 'small',
  name: 'Small',
  version: '1.0.0',
  tracks: [
    {
      code: 'T',
      levels: [{ code: 'A', title: 'Engineer', notes: [{ uid: 'note', text: 'A year.' }] }],
    },
  ],
  scales: { stage: { points: [{ key: 'new', label: 'New' }] } },
  archetypes: [{ code: 'solver', name: 'Solver', levels: ['A'] }],
  competencies: [
    {
      code: 'testing',
      name: 'Testing',
      descriptors: [
        {
          at: { level: 'A' },
          narrative: 'Tests.',
          criteria: [
            { uid: 'one', text: 'Writes tests.' },
            { uid: 'old', text: 'Not asked.', retired: '1.0.0' },
          ],
        },
        { at: { level: 'A', archetype: 'solver' }, narrative: 'Solves.' },
        {
          at: { levels: 'level >= A' },
          narrative: 'Everywhere.',
          criteria: [{ uid: 'all', text: 'Asks.', kind: 'signal' }],
        },
      ],
    },
  ],
} as unknown as NonNullable<Draft['document']>;

test('texts are in reading order, with their keys', () => {
  const parts = textsOf(document);
  expect(parts.map(({ name, texts }) => [name, texts.map(({ of }) => of)])).toEqual([
    ['The ladder', ['name']],
    ['Levels: T', ['levels/A/title', 'note']],
    ['Scales', ['scales/stage/new/label']],
    ['Places inside a level, ways to fill it', ['archetypes/solver/name']],
    [
      'Testing',
      [
        'competencies/testing/name',
        'competencies/testing/A/narrative',
        'one',
        'competencies/testing/A/solver/narrative',
        'all',
      ],
    ],
  ]);
});

test('a translation is set without touching other languages and parts', () => {
  const outline: Outline = {
    version: '1.0.0',
    competencies: [],
    translations: [
      { locale: 'de', of: 'name', text: 'Klein' },
      { locale: 'fr', of: 'name', text: 'Petit' },
      { locale: 'de', of: 'one', text: 'Schreibt Tests.' },
      { locale: 'de', of: 'kept', text: 'Bleibt.' },
    ],
  };
  const texts = ['name', 'one', 'all'].map((of) => ({ of, where: '', original: of }));
  const said = saidIn(outline, 'de', texts);
  expect(said).toEqual({ name: 'Klein', one: 'Schreibt Tests.', all: '' });
  expect(countSaid(said, texts)).toBe(2);
  const put = putSaid(outline, 'de', { ...said, name: ' Kleiner ', one: ' ', all: 'Fragt.' });
  expect(put.translations).toEqual([
    { locale: 'de', of: 'name', text: 'Kleiner' },
    { locale: 'fr', of: 'name', text: 'Petit' },
    { locale: 'de', of: 'kept', text: 'Bleibt.' },
    { locale: 'de', of: 'all', text: 'Fragt.' },
  ]);
  expect(putSaid(outline, 'de', said)).toEqual(outline);
  expect(localesOf({ ...outline, language: 'fr' })).toEqual(['de']);
  const details = [
    { pointer: '/translations/3/text', message: 'the text has HTML', fix: 'write plain text' },
    { pointer: '/version', message: 'no', fix: '' },
  ];
  expect(wrongIn(put, details)).toEqual({ all: 'The text has HTML: write plain text.' });
});

test('a section summarises what is in it', () => {
  const outline: Outline = {
    version: '1.0.0',
    competencies: [{ code: 'testing' }],
    rule: { type: 'points' },
    translations: [{ locale: 'de', of: 'name', text: 'Klein' }],
    layers: [{ from: 'generic@^1' }],
  };
  expect(hintsOf(document, outline, undefined)).toEqual({
    about: 'Version 1.0.0, built on generic@^1',
    levels: 'Those of the ladders below',
    competencies: '1 competency',
    rule: '0 scales, advice by points',
    beside: '0 roles, 0 groups of technologies',
    languages: 'German (de) 1 of 10',
  });
});
