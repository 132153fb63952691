import { queryOptions } from '@tanstack/react-query';
import { client, read } from '../../api/client';

export const ladderQuery = (slug: string, version?: string) =>
  queryOptions({
    queryKey: ['ladder', slug, version ?? 'now'],
    queryFn: () =>
      read(client.GET('/ladders/{slug}', { params: { path: { slug }, query: { version } } })),
    staleTime: 300_000,
  });

export const comparisonQuery = (slug: string, levels: string, version?: string) =>
  queryOptions({
    queryKey: ['ladder', slug, version ?? 'now', 'comparison', levels],
    queryFn: async () => {
      const answer = await read(
        client.GET('/ladders/{slug}/comparison', {
          params: { path: { slug }, query: { levels, version } },
        }),
      );
      return answer.comparison;
    },
    placeholderData: (previous) => previous,
    staleTime: 300_000,
  });
