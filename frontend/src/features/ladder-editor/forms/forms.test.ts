import { describe, expect, test } from 'vitest';
import { emptyLevel, type Outline } from '../outline';
import type { Draft } from '../queries';
import { belowOf, placeOf, putPlace, rangesOf } from './builtOn';
import { errorsAt } from './errors';
import { knownOf, levelChoices, namesOf, orGone } from './known';
import { languageChoices, languageName, tagOf } from './languages';
import { openAt } from './open';
import { parts, putEntry } from './parts';

const outline: Outline = {
  version: '1.0.0',
  tracks: [
    { code: 'T', name: '', kind: '', levels: [{ ...emptyLevel, code: 'A', title: 'Engineer' }] },
  ],
  scales: {
    stage: {
      points: [
        { point: 0, key: 'new', label: 'New', meaning: '' },
        { point: 1, key: 'able', label: '', meaning: '' },
      ],
    },
  },
  competencies: [{ code: 'testing', name: 'Testing' }],
};

describe('errors', () => {
  const details = [
    { pointer: '/modifiers/1', message: 'it is there twice', fix: 'rename one' },
    { pointer: '/modifiers/1/label', message: '"label" is empty', fix: 'write a text' },
    { pointer: '/modifiers/10/label', message: 'another one', fix: '' },
  ];

  test('are shown at their field', () => {
    const wrong = errorsAt(details, '/modifiers/1');
    expect(wrong('', 'key')).toBe('It is there twice: rename one.');
    expect(wrong('label')).toBe('"label" is empty: write a text.');
    expect(wrong('meaning')).toBeUndefined();
    expect(errorsAt(details, '')('modifiers/10')).toBe('Another one.');
  });

  test('lead to the form that fixes them', () => {
    expect(openAt('/rule/levels/2')).toEqual({ part: 'rule' });
    expect(openAt('/tracks/1/levels/3/next/0')).toEqual({ part: 'level', track: 1, at: 3 });
    expect(openAt('/competencies/4')).toEqual({ part: 'competency', at: 4 });
    expect(openAt('/archetypes/0/levels')).toEqual({ part: 'archetypes', at: 0 });
    expect(openAt('/layers/0/from')).toBeUndefined();
    expect(openAt('/tracks/1')).toBeUndefined();
  });
});

describe('parts', () => {
  test('every part comes back as it was', () => {
    const full: Outline = {
      ...outline,
      modifiers: [{ key: 'early', label: 'Early', meaning: 'New.' }],
      archetypes: [{ code: 'solver', name: 'Solver', levels: ['A'] }],
      designations: [{ code: 'lead', name: 'Lead', note: 'For a project.' }],
      technologies: [{ code: 'data', name: 'Data', items: ['PostgreSQL'] }],
    };
    for (const { read, write } of Object.values(parts)) {
      expect(write(full, read(full))).toEqual(full);
    }
  });

  test('a new entry gets a code from its name, a changed one keeps its place', () => {
    const entry = { code: '', name: ' Tech lead ', text: '', picks: [] };
    const one = putEntry('designations', entry)(outline);
    expect(one.designations).toEqual([{ code: 'tech-lead', name: 'Tech lead' }]);
    const two = putEntry('designations', { ...entry, code: 'tech-lead', text: 'Once.' }, 0)(one);
    expect(two.designations).toEqual([{ code: 'tech-lead', name: 'Tech lead', note: 'Once.' }]);
  });
});

describe('what a ladder is built on', () => {
  test('is split and joined again', () => {
    expect(belowOf({ from: 'company-generic@^3', mode: 'hide' })).toEqual({
      slug: 'company-generic',
      range: '^3',
      mode: 'hide',
    });
    const built = { ...outline, layers: [{ from: 'generic@>=1 <3' }, { from: 'function' }] };
    const { layers, layer } = putPlace(built, placeOf(built));
    expect(layers).toEqual(built.layers);
    expect(layer).toBe('');
    expect(putPlace(built, { ...placeOf(built), layer: 'team', below: [] })).toMatchObject({
      layer: 'team',
      layers: [],
    });
  });

  test('ranges start from the version in force', () => {
    expect(rangesOf('2.3.1')).toEqual(['^2', '~2.3', '2.3.1']);
    expect(rangesOf('0.4.0')).toEqual(['^0.4', '~0.4', '0.4.0']);
    expect(rangesOf(undefined)).toEqual([]);
  });
});

describe('what the forms may name', () => {
  test('comes from the draft', () => {
    const known = knownOf(outline, undefined);
    expect(levelChoices(known)).toEqual([{ value: 'A', label: 'A Engineer' }]);
    expect(known.points.map(({ key }) => key)).toEqual(['new', 'able']);
    expect(namesOf(known).point('new')).toBe('New');
    expect(namesOf(known).point('gone')).toBe('gone');
    expect(namesOf(known).competency('testing')).toBe('Testing');
    expect(orGone([], 'B')).toEqual([{ value: 'B', label: 'B, which no longer exists' }]);
    expect(orGone([], '')).toEqual([]);
  });

  test('comes from the ladders below, too', () => {
    const rubric = {
      tracks: outline.tracks,
      scales: outline.scales,
      scaleCode: 'stage',
      competencies: [
        { code: 'writing', name: 'Writing' },
        { code: 'testing', name: 'Below' },
      ],
    } as unknown as NonNullable<Draft['rubric']>;
    const built: Outline = {
      version: '1.0.0',
      layers: [{ from: 'generic' }],
      competencies: [{ code: 'testing', name: 'Testing' }],
    };
    const known = knownOf(built, rubric);
    expect(known.levels.map(({ code }) => code)).toEqual(['A']);
    expect(known.competencies.map(({ name }) => name)).toEqual(['Writing', 'Testing']);
    expect(known.pointsOf(undefined)).toHaveLength(2);
  });
});

describe('languages', () => {
  test('have names and tags', () => {
    expect(languageName('de')).toBe('German (de)');
    expect(languageName('no such')).toBe('no such');
    expect(tagOf('pt-br')).toBe('pt-BR');
    expect(tagOf('not a tag')).toBeUndefined();
    const choices = languageChoices(['gsw'], 'nds').map(({ value }) => value);
    expect(choices).toContain('gsw');
    expect(choices).toContain('nds');
    expect(choices.filter((tag) => tag === 'de')).toHaveLength(1);
  });
});
