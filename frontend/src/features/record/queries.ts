import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import { apiQuery, invalidate } from '../../api/query';
import type { components } from '../../api/schema';

export type Correction = components['schemas']['RecordCorrection'];
export type Wrong = components['schemas']['RecordWrong'];
export type Hold = components['schemas']['RecordHold'];
export type Job = components['schemas']['JobsView'];

export const aboutWords: Record<Wrong['about'], string> = {
  org_facts: 'Level, manager, unit or other org facts',
  evidence: 'Evidence',
  assessment: 'An assessment',
  promotion_case: 'A promotion case',
  pay: 'Pay',
  other: 'Something else',
};

export const myCorrectionsQuery = apiQuery('/me/corrections');

export const correctionsQuery = apiQuery('/corrections', { query: { limit: 200 } });

export const exportsQuery = queryOptions({
  ...apiQuery('/jobs', { query: { kind: 'record.export', limit: 1 } }),
  refetchInterval: ({ state }) => (isUnderWay(state.data?.items[0]) ? 1000 : false),
});

export function isUnderWay(job: Job | undefined): boolean {
  return job?.state === 'queued' || job?.state === 'running';
}

export function useExport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => read(client.POST('/me/export', {})),
    onSuccess: () => invalidate(queries, exportsQuery.queryKey),
  });
}

export function useAskCorrection() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Wrong) => read(client.POST('/me/corrections', { body })),
    onSuccess: () => invalidate(queries, '/me/corrections', '/corrections'),
  });
}

export function useAnswer() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({
      one,
      ...body
    }: {
      one: Correction;
      state: 'corrected' | 'kept';
      answer: string;
    }) =>
      read(
        client.POST('/corrections/{id}/answer', {
          params: { path: { id: one.id }, header: ifMatch(one.version) },
          body,
        }),
      ),
    onSettled: () => invalidate(queries, '/me/corrections', '/corrections'),
  });
}

export const holdsQuery = (id: string) => apiQuery('/people/{id}/holds', { path: { id } });

export function useHolds(id: string) {
  const queries = useQueryClient();
  const refresh = () => invalidate(queries, holdsQuery(id).queryKey);
  const place = useMutation({
    mutationFn: (reason: string) =>
      read(client.POST('/people/{id}/holds', { params: { path: { id } }, body: { reason } })),
    onSuccess: refresh,
  });
  const lift = useMutation({
    mutationFn: (hold: string) =>
      read(client.DELETE('/holds/{id}', { params: { path: { id: hold } } })),
    onSettled: refresh,
  });
  return { place, lift };
}
