import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Problem, Unreachable } from '../../api/problem';
import { Autosaver, type Saved } from './Autosaver';
import { keepDraft, keptDraft } from './drafts';
import { whenSaved } from './unsaved';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Save = (value: string, version: number) => Promise<Saved<string>>;

function start(save: Save) {
  return new Autosaver<string>({
    draftKey: 'a',
    saved: { value: 'old', version: 1 },
    save,
    current: (current) => current as Saved<string>,
    text: (value) => value,
  });
}

const next: Save = async (value, version) => ({ value, version: version + 1 });

test('saves once after a pause, with the version that was read', async () => {
  const save = vi.fn(next);
  const saver = start(save);
  saver.change('n');
  saver.change('new');
  expect(keptDraft('a')).toMatchObject({ value: 'new' });
  await vi.advanceTimersByTimeAsync(799);
  expect(save).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(save.mock.calls).toEqual([['new', 1]]);
  expect(saver.store.get().status.kind).toBe('saved');
  expect(keptDraft('a')).toBeNull();
});

test('leaving saves at once, but only when something changed', async () => {
  const save = vi.fn(next);
  const saver = start(save);
  saver.flush();
  saver.change('new');
  saver.flush();
  await vi.advanceTimersByTimeAsync(5000);
  expect(save.mock.calls).toEqual([['new', 1]]);
});

test('a step waits for everything typed, even during a save', async () => {
  const save = vi.fn(async (value: string, version: number) => {
    await new Promise((done) => setTimeout(done, 100));
    return { value, version: version + 1 };
  });
  const saver = start(save);
  let ready = false;
  await whenSaved();
  saver.change('one');
  saver.flush();
  saver.change('two');
  void whenSaved().then(() => {
    ready = true;
  });
  await vi.advanceTimersByTimeAsync(150);
  expect(ready).toBe(false);
  await vi.advanceTimersByTimeAsync(60);
  expect(ready).toBe(true);
  expect(save.mock.calls.at(-1)).toEqual(['two', 2]);
});

test('a step does not wait for text that the server refuses', async () => {
  const saver = start(async () => {
    throw new Error('no');
  });
  saver.change('one');
  await whenSaved();
  expect(saver.store.get().status.kind).toBe('failed');
});

test('text typed during a save follows with the new version', async () => {
  const save = vi.fn(async (value: string, version: number) => {
    await new Promise((done) => setTimeout(done, 100));
    return { value, version: version + 1 };
  });
  const saver = start(save);
  saver.change('one');
  saver.flush();
  saver.change('two');
  await vi.advanceTimersByTimeAsync(2000);
  expect(save.mock.calls).toEqual([
    ['one', 1],
    ['two', 2],
  ]);
  expect(saver.store.get().value).toBe('two');
});

describe('a newer version by somebody else', () => {
  const stale: Save = async (value, version) => {
    if (version === 1)
      throw new Problem(412, { code: 'stale', current: { value: 'theirs', version: 7 } });
    return { value, version: version + 1 };
  };

  test('stops saving and keeps both', async () => {
    const save = vi.fn(stale);
    const saver = start(save);
    saver.change('mine');
    await vi.advanceTimersByTimeAsync(800);
    saver.change('mine again');
    await vi.advanceTimersByTimeAsync(5000);
    expect(save).toHaveBeenCalledTimes(1);
    expect(saver.store.get()).toMatchObject({
      value: 'mine again',
      status: { kind: 'conflict' },
      theirs: { value: 'theirs' },
    });
  });

  test.each([
    ['both', 2, ['both', 7]],
    ['theirs', 1, ['mine', 1]],
  ])('ends with %s', async (result, calls, last) => {
    const save = vi.fn(stale);
    const saver = start(save);
    saver.change('mine');
    await vi.advanceTimersByTimeAsync(800);
    saver.resolve(result);
    await vi.advanceTimersByTimeAsync(0);
    expect(save).toHaveBeenCalledTimes(calls);
    expect(save.mock.lastCall).toEqual(last);
    expect(saver.store.get()).toMatchObject({
      value: result,
      theirs: null,
      status: { kind: 'saved' },
    });
  });
});

test('without a connection the text stays on the device and is sent later', async () => {
  let online = false;
  const save = vi.fn(async (value: string, version: number) => {
    if (!online) throw new Unreachable();
    return { value, version: version + 1 };
  });
  const saver = start(save);
  saver.change('new');
  await vi.advanceTimersByTimeAsync(800);
  expect(saver.store.get().status.kind).toBe('offline');
  expect(keptDraft('a')).toMatchObject({ value: 'new' });
  online = true;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(saver.store.get().status.kind).toBe('saved');
});

describe('a busy server', () => {
  function busyUntil(time: number, retryAfter?: number) {
    return vi.fn(async (value: string, version: number) => {
      if (Date.now() < time) throw new Problem(503, { code: 'database_busy' }, retryAfter);
      return { value, version: version + 1 };
    });
  }

  test('is left alone as long as it asks, whatever is typed, and then gets all of it', async () => {
    const save = busyUntil(Date.now() + 4000, 5000);
    const saver = start(save);
    saver.change('new');
    await vi.advanceTimersByTimeAsync(800);
    expect(saver.store.get().status.kind).toBe('busy');
    expect(keptDraft('a')).toMatchObject({ value: 'new' });
    saver.change('newer');
    saver.flush();
    await vi.advanceTimersByTimeAsync(4900);
    expect(save).toHaveBeenCalledTimes(1);
    expect(saver.store.get().status.kind).toBe('busy');
    await vi.advanceTimersByTimeAsync(100);
    expect(save.mock.calls.at(-1)).toEqual(['newer', 1]);
    expect(saver.store.get()).toMatchObject({ value: 'newer', status: { kind: 'saved' } });
    expect(keptDraft('a')).toBeNull();
  });

  test('keeps a step waiting, so that it does not overtake the text', async () => {
    const saver = start(busyUntil(Date.now() + 15_000));
    saver.change('new');
    let ready = false;
    void whenSaved().then(() => {
      ready = true;
    });
    await vi.advanceTimersByTimeAsync(19_000);
    expect(ready).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
    expect(ready).toBe(true);
    expect(saver.store.get().status.kind).toBe('saved');
  });

  test('that had stored the text after all is no conflict', async () => {
    let stored = { value: 'old', version: 1 };
    const saver = start(async (value, version) => {
      if (version === stored.version) {
        stored = { value, version: version + 1 };
        throw new Problem(503, { code: 'outcome_unknown' }, 5000);
      }
      throw new Problem(412, { code: 'stale', current: stored });
    });
    saver.change('new');
    await vi.advanceTimersByTimeAsync(6000);
    expect(saver.store.get()).toMatchObject({
      value: 'new',
      theirs: null,
      status: { kind: 'saved' },
    });
  });
});

test('a refusal gives the reason and keeps the text', async () => {
  const saver = start(async () => {
    throw new Problem(409, { code: 'conflict', detail: 'the cycle closed at 18:00' });
  });
  saver.change('new');
  await vi.advanceTimersByTimeAsync(800);
  expect(saver.store.get().status).toEqual({
    kind: 'failed',
    reason: 'the cycle closed at 18:00',
    text: 'new',
  });
});

test('text from an earlier visit is offered, not imposed', async () => {
  keepDraft('a', 'lost');
  const save = vi.fn(next);
  const saver = start(save);
  expect(saver.store.get()).toMatchObject({ value: 'old', kept: { value: 'lost' } });
  saver.restore();
  await vi.advanceTimersByTimeAsync(800);
  expect(save.mock.calls).toEqual([['lost', 1]]);
});

test('a fresh answer replaces what is shown only when nothing is waiting', () => {
  const saver = start(next);
  saver.sync({ value: 'fresh', version: 2 });
  expect(saver.store.get().value).toBe('fresh');
  saver.change('mine');
  saver.sync({ value: 'fresher', version: 3 });
  expect(saver.store.get().value).toBe('mine');
});
