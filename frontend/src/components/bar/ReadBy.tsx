import { useQuery } from '@tanstack/react-query';
import { Audience } from './Audience';
import { readersQuery, type Thing } from './readers';

/** They change when something is submitted, told or handed over, and when somebody moves. */
const fresh = 5 * 60_000;

/** The badge of a thing whose own answer does not name its readers. It shows nothing until they are known. */
export function ReadBy({ resource, id }: Thing) {
  const readers = useQuery({ ...readersQuery({ resource, id }), staleTime: fresh });
  return readers.data ? <Audience audience={readers.data} /> : null;
}
