import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { apiQuery } from '../../api/query';

export const ladderQuery = (slug: string, version?: string) => ({
  ...apiQuery('/ladders/{slug}', { path: { slug }, query: { version } }),
  staleTime: 300_000,
});

export const comparisonQuery = (slug: string, levels: string, version?: string) =>
  queryOptions({
    ...apiQuery('/ladders/{slug}/comparison', { path: { slug }, query: { levels, version } }),
    select: ({ comparison }) => comparison,
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  });
