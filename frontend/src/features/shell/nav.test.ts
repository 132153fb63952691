import { expect, test } from 'vitest';
import { engineer } from '../../test/fixtures/me';
import { currentEntry, navGroups } from './nav';

const ladders = [
  {
    slug: 'backend',
    name: 'Backend Engineering',
    version: '2.3',
    effectiveFrom: '2026-07-01',
    levels: 5,
    competencies: 9,
    public: false,
    retired: false,
    units: [],
  },
];

test('an engineer sees no entries about teams, panels or pay', () => {
  const groups = navGroups({ ...engineer, can: ['cases.own'] }, ladders);
  expect(groups.map((group) => group.label)).toEqual(['', 'Ladders', 'My record']);
  expect(groups[0]?.entries.map((entry) => [entry.label, entry.badge])).toEqual([
    ['Home', undefined],
    ['My assessment', '7/9'],
    ['Evidence', undefined],
    ['Technologies', undefined],
    ['Promotion', '1'],
  ]);
});

test('a reader with several roles sees all their entries in a fixed order', () => {
  const can = ['bands', 'panel', 'team', 'cases.manage', 'cases.all', 'people', 'people.import'];
  const groups = navGroups({ ...engineer, can }, []);
  expect(groups.map((group) => group.label)).toEqual([
    '',
    'My team',
    'Panel',
    'Company',
    'Compensation',
    'Ladders',
    'My record',
  ]);
});

test.each([
  ['/', '/', '/'],
  ['/ladders/backend/compare', '/ladders/backend/compare?levels=IC4', '/ladders/backend'],
  ['/cases', '/cases?scope=managed', '/cases?scope=managed'],
  ['/cases/1', '/cases/1?s=summary', '/cases'],
  ['/nowhere', '/nowhere', undefined],
])('%s highlights the right entry', (pathname, href, path) => {
  const groups = navGroups({ ...engineer, can: ['cases.own', 'cases.manage', 'team'] }, ladders);
  expect(currentEntry(groups, pathname, href)).toBe(path);
});
