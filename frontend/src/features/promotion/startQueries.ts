import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import { apiQuery, invalidate } from '../../api/query';
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type CaseStart = Schemas['PromotionStart'];
export type RuleView = Schemas['PromotionRuleView'];
export type Target = Schemas['PromotionTarget'];
export type Waiving = Schemas['PromotionWaiving'];

export const caseStartQuery = (id: string) => apiQuery('/people/{id}/case-start', { path: { id } });

export function useWaivers(id: string) {
  const queries = useQueryClient();
  const onSuccess = () => void invalidate(queries, '/people/{id}/case-start');
  const waive = useMutation({
    mutationFn: (body: Waiving) =>
      read(client.POST('/people/{id}/waivers', { params: { path: { id } }, body })),
    onSuccess,
  });
  const takeBack = useMutation({
    mutationFn: (waiver: string) =>
      read(client.DELETE('/people/{id}/waivers/{waiver}', { params: { path: { id, waiver } } })),
    onSuccess,
  });
  return { waive, takeBack };
}
