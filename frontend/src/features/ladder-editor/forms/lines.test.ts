import { expect, test } from 'vitest';
import { noteLines, notesFrom, titleLines, titlesFrom } from './lines';

test('other titles are written as lines, with the discipline in brackets', () => {
  const titles = [{ title: 'Analyst', discipline: 'data' }, { title: 'Tester' }];
  expect(titleLines(titles)).toBe('Analyst (data)\nTester');
  expect(titlesFrom(' Analyst  (data)\n\nTester\n')).toEqual(titles);
  expect(titlesFrom('')).toEqual([]);
});

test('a note keeps its uid when it is reworded, moved or stays', () => {
  const before = ['One.', 'Two.', 'Three.'].map((text, i) => ({ uid: `n${i}`, text }));
  const uids = (text: string) =>
    notesFrom(text, before, () => 'new').map(({ uid, text: words }) => [uid, words]);
  expect(uids(noteLines(before))).toEqual([
    ['n0', 'One.'],
    ['n1', 'Two.'],
    ['n2', 'Three.'],
  ]);
  expect(uids('Two.\nOne.')).toEqual([
    ['n1', 'Two.'],
    ['n0', 'One.'],
  ]);
  expect(uids('One.\nTwo and a half.\nThree.\nFour.')).toEqual([
    ['n0', 'One.'],
    ['n1', 'Two and a half.'],
    ['n2', 'Three.'],
    ['new', 'Four.'],
  ]);
});
