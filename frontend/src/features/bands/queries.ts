import { queryOptions } from '@tanstack/react-query';
import { client, read } from '../../api/client';

export type BandFilter = {
  asOf?: string | undefined;
  location?: string | undefined;
  track?: string | undefined;
  unit?: string | undefined;
  view?: 'people' | 'buckets' | undefined;
};

export const bandsQuery = (filter: BandFilter) =>
  queryOptions({
    queryKey: ['bands', filter],
    queryFn: () => read(client.GET('/bands/comparison', { params: { query: filter } })),
    placeholderData: (previous) => previous,
  });

export const explainQuery = (level: string, location: string, asOf: string) =>
  queryOptions({
    queryKey: ['bands', 'explain', level, location, asOf],
    queryFn: () =>
      read(client.GET('/bands/explain', { params: { query: { level, location, asOf } } })),
  });

/** Where the same figures lie as a file. */
export function csvPath(filter: BandFilter): string {
  const set = Object.entries(filter).filter((entry): entry is [string, string] =>
    Boolean(entry[1]),
  );
  return `/api/v1/bands/comparison.csv?${new URLSearchParams(set)}`;
}
