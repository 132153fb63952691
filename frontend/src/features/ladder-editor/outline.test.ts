import { describe, expect, test } from 'vitest';
import {
  codeOf,
  emptyLevel,
  levelsOf,
  moved,
  movedLevel,
  type Outline,
  outlineOf,
  putCompetency,
  putLevel,
  withoutLevel,
} from './outline';

const level = (code: string, part = {}) => ({ ...emptyLevel, code, ...part });
const outline = (): Outline => ({
  version: '1.0.0',
  tracks: [
    {
      code: 'IC',
      name: '',
      kind: '',
      levels: [level('A', { ordinal: 3 }), level('B', { ordinal: 5, equivalent: ['M'] })],
    },
    { code: 'M', name: '', kind: '', levels: [level('M', { equivalent: ['B'] })] },
  ],
  competencies: [{ code: 'one' }, { code: 'two' }],
  expectations: [
    { level: 'A', competency: 'one', min: 'x' },
    { level: 'A', competency: 'two', min: 'y' },
  ],
});
const codes = (o: Outline) => levelsOf(o).map(({ code }) => code);

describe('outline', () => {
  test('is the document without its sentences and without nulls', () => {
    const document = {
      framework: 'f',
      version: '1.0.0',
      tracks: [
        {
          code: 'IC',
          name: '',
          kind: '',
          levels: [{ ...level('A'), equivalent: null, next: null, shape: null }],
        },
      ],
      competencies: [{ code: 'one', descriptors: [{ at: { level: 'A' }, criteria: [] }] }],
    };
    const read = outlineOf(document as unknown as Parameters<typeof outlineOf>[0]);
    expect(read.competencies).toEqual([{ code: 'one' }]);
    expect(levelsOf(read)[0]).toEqual(level('A'));
  });

  test('moves by one place and stays at the ends', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  test('heights stay where they are when levels move', () => {
    const after = levelsOf(movedLevel(outline(), 0, 1, -1));
    expect(after.map(({ code, ordinal }) => [code, ordinal])).toEqual([
      ['B', 3],
      ['A', 5],
      ['M', 0],
    ]);
  });

  test('a removed equivalence goes on both sides', () => {
    const after = putLevel(outline(), 0, level('B'), 1);
    expect(levelsOf(after).find(({ code }) => code === 'M')?.equivalent).toEqual([]);
    expect(codes(putLevel(outline(), 1, level('M2')))).toEqual(['A', 'B', 'M', 'M2']);
  });

  test('a level is removed', () => {
    expect(codes(withoutLevel(outline(), 0, 0))).toEqual(['B', 'M']);
  });

  test('a competency replaces its own expectations only', () => {
    const after = putCompetency(outline(), { code: 'one', name: 'One' }, [], 0);
    expect(after.competencies).toEqual([{ code: 'one', name: 'One' }, { code: 'two' }]);
    expect(after.expectations).toEqual([{ level: 'A', competency: 'two', min: 'y' }]);
  });

  test('a code is made from a name', () => {
    expect(codeOf(' System design & Größe ')).toBe('system-design-gro-e');
  });
});
