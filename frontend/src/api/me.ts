import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { client, read } from './client';
import type { LadderBrief, Me } from './types';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => read(client.GET('/me', {})),
  staleTime: 60_000,
});

export const laddersQuery = queryOptions({
  queryKey: ['ladders'],
  queryFn: () => read(client.GET('/ladders', {})),
  staleTime: 300_000,
});

/** The reader. Inside the shell this is always there. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

export function useLadders(): LadderBrief[] {
  return useQuery(laddersQuery).data?.items ?? [];
}
