import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import type { components } from '../../api/schema';

export type OrgNode = components['schemas']['PeopleNode'];

const page = 50;

/** The people who report to somebody; the top of the company without one. */
export const levelQuery = (root: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['org', root ?? 'top'],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/org', {
          params: { query: { ...(root && { root }), limit: page, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (list) => list.nextCursor ?? undefined,
    staleTime: 60_000,
  });

/** From the top of the company down to a person. */
export const lineQuery = (id: string) =>
  queryOptions({
    queryKey: ['org', 'line', id],
    queryFn: () => read(client.GET('/people/{id}/line', { params: { path: { id } } })),
  });

/** All units with their headcounts, as a flat list by name. */
export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: () => read(client.GET('/units')),
});
