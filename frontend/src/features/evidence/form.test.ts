import { expect, test } from 'vitest';
import { draftErrors, emptyDraft, inputOf } from './form';

const draft = { ...emptyDraft('2026-11-24'), title: ' Queue fix ' };

test('a title and a day are enough', () => {
  expect(draftErrors(draft)).toEqual({});
  expect(inputOf(draft)).toEqual({
    title: 'Queue fix',
    body: '',
    happenedFrom: '2026-11-24',
    links: [],
    competencies: [],
  });
});

test('a part is sent only when it is said', () => {
  expect(inputOf({ ...draft, role: 'led' }).role).toBe('led');
  expect(inputOf(draft)).not.toHaveProperty('role');
});

test('several addresses are split and named by their host', () => {
  const { links } = inputOf({ ...draft, link: 'https://a.example/x  https://b.example' });
  expect(links).toEqual([
    { url: 'https://a.example/x', label: 'a.example' },
    { url: 'https://b.example', label: 'b.example' },
  ]);
});

test('all errors are reported at once', () => {
  const wrong = { ...draft, title: ' ', to: '2026-11-01', link: 'javascript:1 b.example' };
  expect(Object.keys(draftErrors(wrong))).toEqual(['title', 'to', 'link']);
  expect(draftErrors(wrong).link).toContain('javascript:1, b.example');
});
