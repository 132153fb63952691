import { queryOptions } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import type { Team } from '../../api/types';

export const teamQuery = queryOptions({
  queryKey: ['team'],
  queryFn: () => read<Team>(client.GET('/team', {})),
});
