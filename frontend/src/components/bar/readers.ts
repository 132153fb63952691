import { apiQuery } from '../../api/query';

/** The kinds of things whose readers the permission rules can name. */
export type Readable =
  | 'person'
  | 'pay'
  | 'record'
  | 'correction'
  | 'technology'
  | 'role_check'
  | 'handover'
  | 'hold'
  | 'evidence'
  | 'assessment'
  | 'case'
  | 'packet'
  | 'statement'
  | 'seat'
  | 'ballot'
  | 'tally'
  | 'decision'
  | 'ladder';

/**
 * A thing, named as the API names it. Without an id it is the reader's own, or what is
 * the same for everybody.
 */
export type Thing = { resource: Readable; id?: string | undefined };

/** Who can read a thing now and next, computed by the permission rules. */
export const readersQuery = ({ resource, id }: Thing) => ({
  ...apiQuery('/explain/readers', { query: { resource, ...(id && { id }) } }),
  retry: false,
});
