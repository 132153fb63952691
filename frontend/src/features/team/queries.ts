import { queryOptions } from '@tanstack/react-query';
import { client, read } from '../../api/client';

export const teamQuery = queryOptions({
  queryKey: ['team'],
  queryFn: () => read(client.GET('/team', {})),
});
