import { expect, test } from 'vitest';
import type { Case, Section } from '../../api/types';
import { caseActions } from './actions';
import { caseTitle, openRequests, partKeys } from './sections';

const section = (key: string, kind: Section['kind']): Section => ({
  key,
  kind,
  title: key,
  version: 1,
  text: '',
});

const promotion = {
  person: { id: 'n', name: 'Noor Adeyinka' },
  manager: { id: 'm', name: 'Marta Okonjo' },
  from: { code: 'IC4', title: 'Senior' },
  to: { code: 'IC5', title: 'Lead' },
  state: 'changes_requested',
  actions: ['withdraw', 'unheard_of', 'hand_over'],
  sections: [section('summary', 'summary'), section('p1', 'project'), section('p2', 'project')],
} as Case;

test('the title says who moves to which level', () => {
  expect(caseTitle(promotion)).toBe('Noor Adeyinka, IC4 Senior to IC5 Lead');
});

test('the step that leads on comes first and names the next person', () => {
  expect(caseActions(promotion).map(({ action, label }) => [action, label])).toEqual([
    ['hand_over', 'Return to Marta'],
    ['withdraw', 'Withdraw'],
  ]);
  expect(caseActions({ ...promotion, state: 'draft' })[0]?.label).toBe('Hand to Marta');
});

test('requests belong to the sections of a part and disappear when done', () => {
  expect(partKeys(promotion, 'project')).toEqual(['p1', 'p2']);
  expect(partKeys(promotion, 'statement')).toEqual(['statement']);
  const request = (id: string, sectionKey: string, doneAt: string | null) => ({
    id,
    sectionKey,
    text: '',
    author: promotion.manager,
    at: '',
    doneAt,
  });
  const requests = [
    request('1', 'p1', null),
    request('2', 'p1', '2026-11-24'),
    request('3', 'summary', null),
  ];
  expect(openRequests(requests, ['p1', 'p2']).map(({ id }) => id)).toEqual(['1']);
});
