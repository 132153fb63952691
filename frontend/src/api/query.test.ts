import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { client } from './client';
import { apiKey, apiPages, apiQuery, invalidate, invalidateOthers } from './query';

afterEach(() => vi.restoreAllMocks());

function answering(data: unknown) {
  const response = new Response();
  return vi.spyOn(client, 'GET').mockResolvedValue({ data, response } as never);
}

/** Keeps something under each key, and says which keys are out of date after a step. */
async function stale(
  keys: readonly (readonly unknown[])[],
  step: (queries: QueryClient) => unknown,
) {
  const queries = new QueryClient();
  for (const key of keys) queries.setQueryData(key, 'kept');
  await step(queries);
  return keys.filter((key) => queries.getQueryState(key)?.isInvalidated);
}

const a = apiQuery('/cases/{id}', { path: { id: 'a' } }).queryKey;
const b = apiQuery('/cases/{id}', { path: { id: 'b' } }).queryKey;
const seats = apiQuery('/cases/{id}/seats', { path: { id: 'a' } }).queryKey;
const pages = apiPages('/cases', { query: { scope: 'mine' } }).queryKey;
const cases = apiQuery('/cases').queryKey;
const found = (q: string) =>
  apiQuery('/cases/{id}/seats/candidates', { path: { id: 'a' }, query: { q } }).queryKey;

test('a query asks its operation with its parameters', async () => {
  const get = answering({ id: 'a' });
  const query = apiQuery('/cases/{id}', { path: { id: 'a' } });
  expect(query.queryKey).toEqual(['/cases/{id}', { path: { id: 'a' } }]);
  expect(await new QueryClient().fetchQuery(query)).toEqual({ id: 'a' });
  expect(get).toHaveBeenCalledWith('/cases/{id}', { params: { path: { id: 'a' } } });
});

test('pages follow each other by their cursor', async () => {
  const get = answering({ items: [], nextCursor: 'next' });
  const { pageParams } = await new QueryClient().fetchInfiniteQuery({
    ...apiPages('/people', { query: { limit: 50 } }),
    pages: 2,
  });
  expect(pageParams).toEqual([undefined, 'next']);
  expect(get).toHaveBeenLastCalledWith('/people', {
    params: { query: { limit: 50, cursor: 'next' } },
  });
});

test('pages are kept apart from the same answer at once', () => {
  expect(apiPages('/cases').queryKey).not.toEqual(cases);
});

test('an operation is invalidated with whatever parameters, and no other one', async () => {
  const all = [a, b, seats, pages, cases];
  expect(await stale(all, (queries) => invalidate(queries, '/cases/{id}'))).toEqual([a, b]);
  expect(await stale(all, (queries) => invalidate(queries, '/cases'))).toEqual([pages, cases]);
});

test('a key invalidates what was asked with its parameters and more', async () => {
  const key = apiKey('/cases/{id}/seats/candidates', { path: { id: 'a' } });
  expect(await stale([a, b, seats], (queries) => invalidate(queries, a, seats))).toEqual([
    a,
    seats,
  ]);
  expect(await stale([found('x'), found('y'), a], (queries) => invalidate(queries, key))).toEqual([
    found('x'),
    found('y'),
  ]);
});

test('everything but some operations is invalidated', async () => {
  expect(
    await stale([a, seats, cases], (queries) => invalidateOthers(queries, '/cases/{id}')),
  ).toEqual([seats, cases]);
});

test('a path or parameters that the API does not have do not compile', () => {
  // @ts-expect-error no such path
  apiKey('/cases/{id}/nothing');
  // @ts-expect-error written only
  apiKey('/ladder-drafts/conversion');
  // @ts-expect-error the id is missing
  apiQuery('/cases/{id}');
  // @ts-expect-error no such parameter
  apiQuery('/cases/{id}', { path: { id: 'a' }, query: { scope: 'mine' } });
  // @ts-expect-error not answered in pages
  apiPages('/me');
  // @ts-expect-error no such path
  void invalidate(new QueryClient(), '/case');
});
