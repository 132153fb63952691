import { queryOptions } from '@tanstack/react-query';
import { client, read } from '../../api/client';

export const homeQuery = queryOptions({
  queryKey: ['home'],
  queryFn: () => read(client.GET('/me/home', {})),
});
