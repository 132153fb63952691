import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import type { PeopleFacets, PeopleList, Person } from '../../api/types';

export type PeopleFilter = {
  q?: string | undefined;
  level?: string | undefined;
  location?: string | undefined;
  unit?: string | undefined;
  sort?: 'name' | 'level' | 'location' | 'pay' | undefined;
};

export const peopleQuery = (filter: PeopleFilter) =>
  infiniteQueryOptions({
    queryKey: ['people', filter],
    queryFn: ({ pageParam }) =>
      read<PeopleList>(
        client.GET('/people', { params: { query: { ...filter, limit: 50, cursor: pageParam } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });

export const facetsQuery = queryOptions({
  queryKey: ['people', 'facets'],
  queryFn: () => read<PeopleFacets>(client.GET('/people/facets', {})),
  staleTime: 300_000,
});

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['person', id],
    queryFn: () => read<Person>(client.GET('/people/{id}', { params: { path: { id } } })),
  });
