import { apiPages, apiQuery } from '../../api/query';
import type { components } from '../../api/schema';

export type OrgNode = components['schemas']['PeopleNode'];

const page = 50;

/** The people who report to somebody or, without one, the top of the company. */
export const levelQuery = (root: string | undefined) => ({
  ...apiPages('/org', { query: { ...(root && { root }), limit: page } }),
  staleTime: 60_000,
});

/** The line from the top of the company down to a person. */
export const lineQuery = (id: string) => apiQuery('/people/{id}/line', { path: { id } });

/** All units with their headcounts, as a flat list by name. */
export const unitsQuery = apiQuery('/units');
