import { describe, expect, test } from 'vitest';
import { noSteps, possible, recorded } from './history';

const step = (what: string, before: string, after: string) => ({ what, before, after });

describe('history of a draft', () => {
  test('joins what is typed in one place, and forgets what was undone', () => {
    let steps = recorded({ done: [], undone: [step('x', 'a', 'b')] }, step('cell 1', 'a', 'b'));
    steps = recorded(steps, step('cell 1', 'b', 'c'));
    steps = recorded(steps, step('cell 2', 'c', 'd'));
    expect(steps.done).toEqual([step('cell 1', 'a', 'c'), step('cell 2', 'c', 'd')]);
    expect(steps.undone).toEqual([]);
  });

  test('does not keep a change that changes nothing', () => {
    expect(recorded(noSteps, step('x', 'a', 'a')).done).toEqual([]);
  });

  test('never overwrites what somebody else has changed since', () => {
    const steps = { done: [step('x', 'a', 'b')], undone: [step('y', 'b', 'c')] };
    expect(possible(steps, 'b')).toEqual(steps);
    expect(possible(steps, 'theirs')).toEqual(noSteps);
  });

  test('keeps fifty steps', () => {
    let steps = noSteps;
    for (let i = 0; i < 60; i += 1) steps = recorded(steps, step(`${i}`, `${i}`, `${i + 1}`));
    expect(steps.done).toHaveLength(50);
    expect(steps.done[0]?.what).toBe('10');
  });
});
