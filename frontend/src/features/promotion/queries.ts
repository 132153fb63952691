import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import { apiKey, apiPages, apiQuery, invalidate } from '../../api/query';
import type { components } from '../../api/schema';
import type { Case, Move, ProjectFacts, Section, Statement } from '../../api/types';

export type Scope = 'mine' | 'managed' | 'all';

export const casesQuery = (scope: Scope, state?: string) =>
  apiPages('/cases', { query: { scope, state } });

export const caseQuery = (id: string) => apiQuery('/cases/{id}', { path: { id } });

export const decisionQuery = (id: string) => apiQuery('/cases/{id}/decision', { path: { id } });

export type NewCase = components['schemas']['PromotionOpening'];

export function useOpenCase() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewCase) => read(client.POST('/cases', { body })),
    onSuccess: () => {
      void invalidate(
        queries,
        '/cases',
        '/assessments/{id}/comparison',
        '/people/{id}/case-start',
        '/team',
        '/me',
        '/me/home',
      );
    },
  });
}

function useRefreshCase(id: string): () => void {
  const queries = useQueryClient();
  return () => {
    const path = { id };
    void invalidate(
      queries,
      apiKey('/cases/{id}', { path }),
      apiKey('/cases/{id}/decision', { path }),
      apiKey('/cases/{id}/seats', { path }),
      apiKey('/cases/{id}/seats/candidates', { path }),
      apiKey('/cases/{id}/tally', { path }),
      '/cases/{id}/ballot',
      '/cases',
      '/panel/cases',
      '/people/{id}/case-start',
      '/me',
      '/me/home',
      '/me/band',
      '/team',
      '/explain/readers',
    );
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
