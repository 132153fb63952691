import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import { apiQuery, invalidate } from '../../api/query';
import type { components } from '../../api/schema';
import type { ImportReport } from '../../api/types';

export type Job = components['schemas']['JobsView'];
export type Preview = components['schemas']['ImportsPreview'];
export type Order = components['schemas']['ImportsOrder'];

/** How often a running job is polled. */
const POLL_MS = 700;

export const isUnderWay = (job: Job) => job.state === 'queued' || job.state === 'running';
export const orderOf = (job: Job) => job.input as Order;
export const reportOf = (job: Job) => job.report as ImportReport;

/** A job, polled until it has ended. */
export function useJob(id: string | undefined) {
  return useQuery({
    ...apiQuery('/jobs/{id}', { path: { id: id ?? '' } }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && !isUnderWay(state.data) ? false : POLL_MS),
  });
}

/** How long a reader who left still sees an import that has ended in the meantime. */
const RECENT_MS = 60 * 60 * 1000;

const isRecent = ({ endedAt }: Job) =>
  endedAt !== null && Date.now() - Date.parse(endedAt) < RECENT_MS;

/** The newest import of people that is running or has just ended, from this tab or an earlier one. */
export const newestImport = queryOptions({
  ...apiQuery('/jobs', { query: { kind: 'people_import', limit: 1 } }),
  gcTime: 0,
  select: ({ items }) => items.find((job) => isUnderWay(job) || isRecent(job)),
});

/** Uploads a file of people and tells how it would be read. */
export function usePreview() {
  return useMutation({
    mutationFn: ({ file, sheet }: { file: File; sheet?: string }) =>
      read(
        client.POST('/people/imports/preview', {
          params: {
            query: { ...(sheet && { sheet }) },
            header: { 'X-File-Name': encodeURIComponent(file.name) },
          },
          headers: { 'Content-Type': 'application/octet-stream' },
          body: '', // the type says text, but the file itself is sent
          bodySerializer: () => file,
        }),
      ),
  });
}

/** Has an uploaded file checked or applied. */
export function useStart() {
  return useMutation({
    mutationFn: (body: Order) => read(client.POST('/people/imports', { body })),
  });
}

export function useCancel(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => read(client.DELETE('/jobs/{id}', { params: { path: { id } } })),
    onSettled: () => invalidate(queries, '/jobs', '/jobs/{id}'),
  });
}
