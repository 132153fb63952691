import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

function worthRetrying(failures: number, error: Error): boolean {
  const final = error instanceof Problem && error.status < 500;
  return !final && failures < 2;
}

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: worthRetrying, staleTime: 10_000 } },
  });
}
