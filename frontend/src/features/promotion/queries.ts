import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import type { Case, Move, ProjectFacts, Section, Statement } from '../../api/types';

export type Scope = 'mine' | 'managed' | 'all';

export const casesQuery = (scope: Scope, state?: string) =>
  infiniteQueryOptions({
    queryKey: ['cases', scope, state ?? ''],
    queryFn: ({ pageParam }) =>
      read(client.GET('/cases', { params: { query: { scope, state, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id],
    queryFn: () => read(client.GET('/cases/{id}', { params: { path: { id } } })),
  });

export const decisionQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'decision'],
    queryFn: () => read(client.GET('/cases/{id}/decision', { params: { path: { id } } })),
  });

function useRefreshCase(id: string): () => void {
  const queries = useQueryClient();
  return () => {
    for (const queryKey of [['case', id], ['cases'], ['home'], ['me'], ['team'], ['panel']]) {
      void queries.invalidateQueries({ queryKey });
    }
  };
}

export function useCaseChange<T, R>(id: string, change: (input: T) => Promise<R>) {
  return useMutation({ mutationFn: change, onSuccess: useRefreshCase(id) });
}

export function useTransition({ id, version }: Pick<Case, 'id' | 'version'>) {
  return useCaseChange(id, (body: Move) =>
    read(
      client.POST('/cases/{id}/transitions', {
        params: { path: { id }, header: ifMatch(version) },
        body,
      }),
    ),
  );
}

export type SectionInput = {
  title?: string;
  text: string;
  project?: ProjectFacts;
  claim?: { rating?: number; evidenceIds: string[] };
};

export function saveSection(id: string, key: string, body: SectionInput, version: number) {
  const params = { path: { id, key }, header: ifMatch(version) };
  return read(client.PUT('/cases/{id}/sections/{key}', { params, body }));
}

export type StatementInput = Pick<Statement, 'text' | 'recommendation'>;

export function saveStatement(id: string, body: StatementInput, version: number) {
  const params = { path: { id }, header: ifMatch(version) };
  const { text, recommendation } = body;
  const chosen = recommendation ? { text, recommendation } : { text };
  return read(client.PUT('/cases/{id}/statement', { params, body: chosen }));
}

export function useAddProject(id: string) {
  return useCaseChange<void, Section>(id, () =>
    read(
      client.POST('/cases/{id}/projects', {
        params: { path: { id } },
      }),
    ),
  );
}

export function useRemoveProject(id: string) {
  return useCaseChange(id, ({ key }: Section) =>
    read(client.DELETE('/cases/{id}/sections/{key}', { params: { path: { id, key } } })),
  );
}

export function useAskFor(id: string) {
  return useCaseChange(id, (body: { sectionKey: string; text: string }) =>
    read(client.POST('/cases/{id}/requests', { params: { path: { id } }, body })),
  );
}

export function useRequestDone(id: string) {
  return useCaseChange(id, (request: string) =>
    read(client.POST('/cases/{id}/requests/{request}/done', { params: { path: { id, request } } })),
  );
}
