import { keepPreviousData } from '@tanstack/react-query';
import { apiQuery } from '../../api/query';

export type BandFilter = {
  asOf?: string | undefined;
  location?: string | undefined;
  track?: string | undefined;
  unit?: string | undefined;
  view?: 'people' | 'buckets' | undefined;
};

export const bandsQuery = (filter: BandFilter) => ({
  ...apiQuery('/bands/comparison', { query: filter }),
  placeholderData: keepPreviousData,
});

export const explainQuery = (level: string, location: string, asOf: string) =>
  apiQuery('/bands/explain', { query: { level, location, asOf } });

/** The address of the same figures as a file. */
export function csvPath(filter: BandFilter): string {
  const set = Object.entries(filter).filter((entry): entry is [string, string] =>
    Boolean(entry[1]),
  );
  return `/api/v1/bands/comparison.csv?${new URLSearchParams(set)}`;
}
