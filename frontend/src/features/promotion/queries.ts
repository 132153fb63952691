import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import type {
  Case,
  CaseRow,
  Decision,
  List,
  ProjectFacts,
  Section,
  Statement,
} from '../../api/types';

export type Scope = 'mine' | 'managed' | 'all';

export const casesQuery = (scope: Scope, state?: string) =>
  infiniteQueryOptions({
    queryKey: ['cases', scope, state ?? ''],
    queryFn: ({ pageParam }) =>
      read<List<CaseRow>>(
        client.GET('/cases', { params: { query: { scope, state, cursor: pageParam } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id],
    queryFn: () => read<Case>(client.GET('/cases/{id}', { params: { path: { id } } })),
  });

export const decisionQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'decision'],
    queryFn: () => read<Decision>(client.GET('/cases/{id}/decision', { params: { path: { id } } })),
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

export type Transition = { action: string; dueAt?: string };

export function useTransition({ id, version }: Pick<Case, 'id' | 'version'>) {
  return useCaseChange(id, (body: Transition) =>
    read<Case>(
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
  return read<Section>(client.PUT('/cases/{id}/sections/{key}', { params, body }));
}

export type StatementInput = Pick<Statement, 'text' | 'recommendation'>;

export function saveStatement(id: string, body: StatementInput, version: number) {
  const params = { path: { id }, header: ifMatch(version) };
  const { text, recommendation } = body;
  const chosen = recommendation ? { text, recommendation } : { text };
  return read<Statement>(client.PUT('/cases/{id}/statement', { params, body: chosen }));
}

export function useAddProject(id: string) {
  return useCaseChange<void, Section>(id, () =>
    read<Section>(
      client.POST('/cases/{id}/projects', {
        params: { path: { id } },
      }),
    ),
  );
}

export function useRemoveProject(id: string) {
  return useCaseChange(id, ({ key, version }: Section) =>
    read<void>(
      client.DELETE('/cases/{id}/sections/{key}', {
        params: { path: { id, key }, header: ifMatch(version) },
      }),
    ),
  );
}

export function useAskFor(id: string) {
  return useCaseChange(id, (body: { sectionKey: string; text: string }) =>
    read<unknown>(client.POST('/cases/{id}/requests', { params: { path: { id } }, body })),
  );
}

export function useRequestDone(id: string) {
  return useCaseChange(id, (request: string) =>
    read<unknown>(
      client.POST('/cases/{id}/requests/{request}/done', { params: { path: { id, request } } }),
    ),
  );
}
