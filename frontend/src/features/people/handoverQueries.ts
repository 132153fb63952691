import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import { apiQuery, invalidate } from '../../api/query';
import type { components } from '../../api/schema';

export type Handover = components['schemas']['PeopleHandover'];
export type PastAssessment = components['schemas']['PeoplePastAssessment'];
export type Designation = components['schemas']['PeopleDesignation'];
export type NewDesignation = components['schemas']['PeopleNewDesignation'];

export const handoverQuery = (id: string) => apiQuery('/people/{id}/handover', { path: { id } });

export function useTakeOver(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      read(client.POST('/people/{id}/handover/taken', { params: { path: { id } } })),
    onSettled: () => void invalidate(queries, handoverQuery(id).queryKey, '/me/home'),
  });
}

export const designationsQuery = (id: string) =>
  apiQuery('/people/{id}/designations', { path: { id } });

export function useDesignations(id: string) {
  const queries = useQueryClient();
  const refresh = () => invalidate(queries, designationsQuery(id).queryKey);
  const add = useMutation({
    mutationFn: (body: NewDesignation) =>
      read(client.POST('/people/{id}/designations', { params: { path: { id } }, body })),
    onSuccess: refresh,
  });
  const end = useMutation({
    mutationFn: (one: string) =>
      read(client.DELETE('/designations/{id}', { params: { path: { id: one } } })),
    onSettled: refresh,
  });
  return { add, end };
}

/** The assessments of one cycle, one side or both. */
export type Round = {
  cycle: string;
  self: PastAssessment | undefined;
  manager: PastAssessment | undefined;
};

/** Puts both sides of a cycle side by side, the newest cycle first. */
export function roundsOf(list: readonly PastAssessment[]): Round[] {
  const rounds = new Map<string, Round>();
  for (const one of list) {
    const round = rounds.get(one.cycle) ?? {
      cycle: one.cycle,
      self: undefined,
      manager: undefined,
    };
    rounds.set(one.cycle, { ...round, [one.kind]: one });
  }
  return [...rounds.values()];
}
