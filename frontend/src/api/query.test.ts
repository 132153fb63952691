import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { client } from './client';
import { apiKey, apiPages, apiQuery, invalidate, invalidateOthers } from './query';

afterEach(() => vi.restoreAllMocks());

function answering(data: unknown) {
  const response = new Response();
  return vi.spyOn(client, 'GET').mockResolvedValue({ data, response } as never);
}

/** Stores a value under each key and returns the keys that are stale after a step. */
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

test('a query calls its operation with its parameters', async () => {
  const get = answering({ id: 'a' });
  const query = apiQuery('/cases/{id}', { path: { id: 'a' } });
  expect(query.queryKey).toEqual(['/cases/{id}', { path: { id: 'a' } }]);
  expect(await new QueryClient().fetchQuery(query)).toEqual({ id: 'a' });
  expect(get).toHaveBeenCalledWith('/cases/{id}', { params: { path: { id: 'a' } } });
});

test('each page is requested with the cursor of the page before', async () => {
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

test('pages have another key than the same answer in one piece', () => {
  expect(apiPages('/cases').queryKey).not.toEqual(cases);
});

test('an operation is invalidated for all its parameters, and no other operation is', async () => {
  const all = [a, b, seats, pages, cases];
  expect(await stale(all, (queries) => invalidate(queries, '/cases/{id}'))).toEqual([a, b]);
  expect(await stale(all, (queries) => invalidate(queries, '/cases'))).toEqual([pages, cases]);
});

test('a key invalidates every query that has its parameters', async () => {
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

test('everything except some operations is invalidated', async () => {
  expect(
    await stale([a, seats, cases], (queries) => invalidateOthers(queries, '/cases/{id}')),
  ).toEqual([seats, cases]);
});

test('an unknown path or parameter does not compile', () => {
  // @ts-expect-error there is no such path
  apiKey('/cases/{id}/nothing');
  // @ts-expect-error it can only be written
  apiKey('/ladder-drafts/conversion');
  // @ts-expect-error the id is missing
  apiQuery('/cases/{id}');
  // @ts-expect-error there is no such parameter
  apiQuery('/cases/{id}', { path: { id: 'a' }, query: { scope: 'mine' } });
  // @ts-expect-error it has no pages
  apiPages('/me');
  // @ts-expect-error there is no such path
  void invalidate(new QueryClient(), '/case');
});
