import { describe, expect, test } from 'vitest';
import {
  cellOf,
  cellWords,
  inheritedBy,
  marksAt,
  marksOf,
  newUid,
  replaced,
  shifted,
  tidy,
  variantsOf,
} from './cells';
import type { Draft } from './queries';

const draft = {
  rubric: { archetypes: [{ code: 'solver', name: 'Solver', levels: ['A'] }] },
  document: {
    framework: 'small',
    version: '1.0.0',
    competencies: [
      {
        code: 'design',
        descriptors: [
          { at: { level: 'A' }, criteria: [{ uid: 'a', text: 'One.' }] },
          { at: { level: 'A', archetype: 'solver' }, criteria: [{ uid: 'b', text: 'Two.' }] },
          { at: { point: 'expert' }, narrative: 'Leads.' },
        ],
      },
    ],
  },
} as unknown as Draft;

test('a cell is what the draft itself says there', () => {
  expect(cellOf(draft, { competency: 'design', anchor: 'A' }).criteria).toEqual([
    { uid: 'a', text: 'One.' },
  ]);
  expect(cellOf(draft, { competency: 'design', anchor: 'expert' }).narrative).toBe('Leads.');
  expect(cellOf(draft, { competency: 'other', anchor: 'A' }).criteria).toEqual([]);
});

test('an archetype has a text of its own at the levels that it fills', () => {
  const at = { competency: 'design', anchor: 'A' };
  expect(variantsOf(draft, at)).toEqual([{ code: 'solver', name: 'Solver', says: true }]);
  expect(variantsOf(draft, { ...at, anchor: 'B' })).toEqual([]);
  expect(cellOf(draft, { ...at, archetype: 'solver' }).criteria).toEqual([
    { uid: 'b', text: 'Two.' },
  ]);
});

test('what is written for several levels is listed, what the cell itself says is not', () => {
  const points = [
    { uid: 'a', text: 'One.' },
    { uid: 'w', text: 'Wide.' },
  ];
  const cells = [{ level: 'A', narrative: 'For all.', points }];
  const rubric = { competencies: [{ code: 'design', cells }] };
  const wide = { ...draft, rubric } as unknown as Draft;
  const at = { competency: 'design', anchor: 'A' };
  expect(inheritedBy(wide, at)).toEqual(['For all.', 'Wide.']);
  expect(inheritedBy(wide, { ...at, anchor: 'B' })).toEqual([]);
});

test('empty sentences are not sent', () => {
  const sent = tidy({
    narrative: ' ',
    criteria: [
      { uid: '', text: ' ' },
      { uid: 'a', text: 'One.' },
    ],
  });
  expect(sent).toEqual({ criteria: [{ uid: 'a', text: 'One.' }] });
});

test('a sentence changes and moves without touching the others', () => {
  const list = [
    { uid: 'a', text: 'One.' },
    { uid: 'b', text: 'Two.' },
  ];
  expect(replaced(list, 1, { text: 'Three.' })[1]).toEqual({ uid: 'b', text: 'Three.' });
  expect(shifted(list, 1, -1).map(({ uid }) => uid)).toEqual(['b', 'a']);
  expect(shifted(list, 0, -1)).toBe(list);
  expect(cellWords({ narrative: 'Leads.', criteria: list })).toBe('Leads.\nOne.\nTwo.');
});

describe('marks of cells', () => {
  const finding = (pointer: string, message: string) => ({
    level: 'warning',
    line: 1,
    column: 1,
    pointer,
    message,
    fix: '',
  });
  const comment = { competency: 'one', level: 'A', text: '?', resolvedAt: null };
  const draft = {
    document: {
      competencies: [
        { code: 'one', descriptors: [{ at: { levels: 'level >= A' } }, { at: { level: 'A' } }] },
      ],
    },
    rubric: { tracks: [{ levels: [{ code: 'A' }, { code: 'B' }] }] },
    comments: [comment, { ...comment, competency: '', level: '' }],
    findings: [
      finding('/competencies/0/descriptors/1/criteria/0', 'cannot be observed'),
      finding('/competencies/0', 'One says nothing about B'),
      finding('/competencies/0/descriptors/0', 'of many cells'),
      finding('/competencies', 'too many'),
    ],
  } as unknown as Parameters<typeof marksOf>[0];

  test('are shown at the cell that they are about', () => {
    const marks = marksOf(draft);
    const at = (anchor: string) => marksAt(marks, { competency: 'one', anchor });
    expect(at('A').comments).toHaveLength(1);
    expect(at('A').findings.map(({ message }) => message)).toEqual(['cannot be observed']);
    expect(at('B').findings.map(({ message }) => message)).toEqual(['One says nothing about B']);
    expect(marks.size).toBe(2);
  });
});

test('a new sentence gets a new uid that a file can hold', () => {
  const place = { competency: 'system_design', anchor: '3.1' };
  expect(newUid(place)).toMatch(/^system-design-3-1-[0-9a-f]{8}$/);
  expect(newUid(place)).not.toBe(newUid(place));
  const long = { competency: `${'a'.repeat(49)}-b`, anchor: 'IC4' };
  expect(newUid(long)).toMatch(/^a{49}-[0-9a-f]{8}$/);
});
