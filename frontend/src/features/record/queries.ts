import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
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

export const myCorrectionsQuery = queryOptions({
  queryKey: ['corrections', 'mine'],
  queryFn: () => read(client.GET('/me/corrections', {})),
});

export const correctionsQuery = queryOptions({
  queryKey: ['corrections', 'all'],
  queryFn: () => read(client.GET('/corrections', { params: { query: { limit: 200 } } })),
});

export const exportsQuery = queryOptions({
  queryKey: ['jobs', 'record.export'],
  queryFn: () =>
    read(client.GET('/jobs', { params: { query: { kind: 'record.export', limit: 1 } } })),
  refetchInterval: ({ state }) => (isUnderWay(state.data?.items[0]) ? 1000 : false),
});

export function isUnderWay(job: Job | undefined): boolean {
  return job?.state === 'queued' || job?.state === 'running';
}

export function useExport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => read(client.POST('/me/export', {})),
    onSuccess: () => queries.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  });
}

export function useAskCorrection() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Wrong) => read(client.POST('/me/corrections', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['corrections'] }),
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
    onSettled: () => queries.invalidateQueries({ queryKey: ['corrections'] }),
  });
}

export const holdsQuery = (id: string) =>
  queryOptions({
    queryKey: ['holds', id],
    queryFn: () => read(client.GET('/people/{id}/holds', { params: { path: { id } } })),
  });

export function useHolds(id: string) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ['holds', id] });
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
