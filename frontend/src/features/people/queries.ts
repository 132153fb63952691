import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '../../api/client';

export type PeopleFilter = {
  q?: string | undefined;
  level?: string | undefined;
  location?: string | undefined;
  unit?: string | undefined;
  sort?: 'name' | 'pay' | undefined;
};

export const peopleQuery = (filter: PeopleFilter) =>
  infiniteQueryOptions({
    queryKey: ['people', filter],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/people', { params: { query: { ...filter, limit: 50, cursor: pageParam } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });

export const facetsQuery = queryOptions({
  queryKey: ['people', 'facets'],
  queryFn: () => read(client.GET('/people/facets', {})),
  staleTime: 300_000,
});

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['person', id],
    queryFn: () => read(client.GET('/people/{id}', { params: { path: { id } } })),
  });
