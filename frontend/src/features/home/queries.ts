import { queryOptions } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import type { Home } from '../../api/types';

export const homeQuery = queryOptions({
  queryKey: ['home'],
  queryFn: () => read<Home>(client.GET('/me/home', {})),
});
