import { keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import { apiQuery, invalidate } from '../../api/query';
import type { components } from '../../api/schema';

export type Grant = components['schemas']['RolesGrant'];
export type Holder = components['schemas']['RolesHolder'];
export type Asking = components['schemas']['RolesAsking'];

export const holdersQuery = apiQuery('/roles');

export const grantsQuery = apiQuery('/roles/grants', { query: { limit: 200 } });

export const previewQuery = (groups: string[]) => ({
  ...apiQuery('/roles/preview', { query: { group: groups } }),
  placeholderData: keepPreviousData,
});

function useRefresh() {
  const queries = useQueryClient();
  return () => invalidate(queries, '/roles', '/roles/grants', '/roles/preview');
}

export function useAsk() {
  return useMutation({
    mutationFn: (body: Asking) => read(client.POST('/roles/grants', { body })),
    onSuccess: useRefresh(),
  });
}

export function useDecide() {
  return useMutation({
    mutationFn: ({ grant, allow }: { grant: Grant; allow: boolean }) =>
      read(
        client.POST('/roles/grants/{id}/decision', {
          params: { path: { id: grant.id }, header: ifMatch(grant.version) },
          body: { allow },
        }),
      ),
    onSettled: useRefresh(),
  });
}

export function useEnd() {
  return useMutation({
    mutationFn: (grant: Grant) =>
      read(
        client.DELETE('/roles/grants/{id}', {
          params: { path: { id: grant.id }, header: ifMatch(grant.version) },
        }),
      ),
    onSettled: useRefresh(),
  });
}

/** The names of roles, as the glossary has them. */
export const roleWords: Record<string, string> = {
  employee: 'Employee',
  hr: 'HR partner',
  comp: 'Compensation partner',
  approver: 'Compensation approver',
  owner: 'Ladder owner',
  admin: 'Platform admin',
  auditor: 'Auditor',
};
