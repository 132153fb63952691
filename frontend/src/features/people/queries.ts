import { keepPreviousData } from '@tanstack/react-query';
import { apiPages, apiQuery } from '../../api/query';

export type PeopleFilter = {
  q?: string | undefined;
  level?: string | undefined;
  location?: string | undefined;
  unit?: string | undefined;
  sort?: 'name' | 'pay' | undefined;
};

export const peopleQuery = (filter: PeopleFilter) => ({
  ...apiPages('/people', { query: { ...filter, limit: 50 } }),
  placeholderData: keepPreviousData,
});

export const facetsQuery = { ...apiQuery('/people/facets'), staleTime: 300_000 };

export const personQuery = (id: string) => apiQuery('/people/{id}', { path: { id } });
