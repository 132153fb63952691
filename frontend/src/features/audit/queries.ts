import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import { apiPages, apiQuery, invalidate } from '../../api/query';
import type { components } from '../../api/schema';

export type TrailEvent = components['schemas']['AuditEvent'];
export type Evaluation = components['schemas']['AuditEvaluation'];
export type Purpose = components['schemas']['AuditPurpose'];
export type Verdict = components['schemas']['AuditVerdict'];

export type TrailFilter = {
  action?: string | undefined;
  person?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  evaluation?: string | undefined;
};

export const trailQuery = (filter: TrailFilter) => ({
  ...apiPages('/audit/events', { query: { ...filter, limit: 100 } }),
  retry: false,
});

export const evaluationsQuery = apiQuery('/audit/evaluations', { query: { limit: 100 } });

export function useVerify() {
  return useMutation({
    mutationFn: (checkpoint: string) =>
      read(client.POST('/audit/verification', { body: checkpoint ? { checkpoint } : {} })),
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => invalidate(queries, '/audit/evaluations');
}

export function useAskEvaluation() {
  return useMutation({
    mutationFn: (body: Purpose) => read(client.POST('/audit/evaluations', { body })),
    onSuccess: useRefresh(),
  });
}

export function useDecideEvaluation() {
  return useMutation({
    mutationFn: ({ one, allow }: { one: Evaluation; allow: boolean }) =>
      read(
        client.POST('/audit/evaluations/{id}/decision', {
          params: { path: { id: one.id }, header: ifMatch(one.version) },
          body: { allow },
        }),
      ),
    onSettled: useRefresh(),
  });
}

/** "person.roles_changed" as people read it. */
export function actionWords(action: string): string {
  const words = action.replaceAll(/[._]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
