import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { apiQuery } from './query';
import type { LadderBrief, Me } from './types';

export const meQuery = { ...apiQuery('/me'), staleTime: 60_000 };

export const laddersQuery = { ...apiQuery('/ladders'), staleTime: 300_000 };

/** The reader. Inside the shell this is always there. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

export function useLadders(): LadderBrief[] {
  return useQuery(laddersQuery).data?.items ?? [];
}
