import { expect, test } from 'vitest';
import { cellOf, cellWords, replaced, shifted, tidy } from './cells';
import type { Draft } from './queries';

const draft = {
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

test('sentences change and move without touching the others', () => {
  const list = [
    { uid: 'a', text: 'One.' },
    { uid: 'b', text: 'Two.' },
  ];
  expect(replaced(list, 1, { text: 'Three.' })[1]).toEqual({ uid: 'b', text: 'Three.' });
  expect(shifted(list, 1, -1).map(({ uid }) => uid)).toEqual(['b', 'a']);
  expect(shifted(list, 0, -1)).toBe(list);
  expect(cellWords({ narrative: 'Leads.', criteria: list })).toBe('Leads.\nOne.\nTwo.');
});
