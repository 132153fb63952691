import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import { apiQuery, invalidate } from '../../api/query';
import type { Assessment, AssessmentItem, Rating } from '../../api/types';

export const cycleQuery = { ...apiQuery('/cycles/current'), retry: false };

export const assessmentsQuery = (person: string) => apiQuery('/assessments', { query: { person } });

export const assessmentQuery = (id: string) => apiQuery('/assessments/{id}', { path: { id } });

export const comparisonQuery = (id: string) =>
  apiQuery('/assessments/{id}/comparison', { path: { id } });

export type NewAssessment = { personId: string; targetLevel?: string };

/** Starts the assessment of this cycle, or finds the one that exists. */
export function useOpenAssessment() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewAssessment) => read(client.POST('/assessments', { body })),
    onSuccess: (assessment) => {
      queries.setQueryData(assessmentQuery(assessment.id).queryKey, assessment);
      void invalidate(queries, '/me', '/me/home', '/assessments', '/explain/readers');
    },
  });
}

/** An answer, with the target level whose text it answers. */
export type ItemInput = { rating: Rating; reason: string; evidenceIds: string[]; level: string };

export function saveItem(id: string, competency: string, input: ItemInput, version: number) {
  const { rating, reason, evidenceIds, level } = input;
  const body = { reason, evidenceIds, level, ...(rating !== null && { rating }) };
  const params = { path: { id, competency }, header: ifMatch(version) };
  return read(client.PUT('/assessments/{id}/items/{competency}', { params, body }));
}

/** Puts a saved item into the assessment that the screen shows. */
export function useItemSaved(id: string): (item: AssessmentItem) => void {
  const queries = useQueryClient();
  return (item) => {
    queries.setQueryData(
      assessmentQuery(id).queryKey,
      (now) =>
        now && {
          ...now,
          items: now.items.map((old) => (old.competency === item.competency ? item : old)),
        },
    );
    void invalidate(queries, '/me', '/me/home', '/team');
  };
}

function useAssessmentChange<T>(id: string, change: (input: T) => Promise<Assessment | undefined>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      const { queryKey } = assessmentQuery(id);
      void invalidate(
        queries,
        queryKey,
        '/assessments',
        '/me',
        '/me/home',
        '/team',
        '/explain/readers',
      );
    },
  });
}

export function useSubmitAssessment({ id, version }: Assessment) {
  return useAssessmentChange<void>(id, () =>
    read(
      client.POST('/assessments/{id}/submission', {
        params: { path: { id }, header: ifMatch(version) },
      }),
    ),
  );
}

export function useSetTarget({ id, version }: Assessment) {
  return useAssessmentChange(id, (level: string) =>
    read(
      client.PUT('/assessments/{id}/target', {
        params: { path: { id }, header: ifMatch(version) },
        body: { level },
      }),
    ),
  );
}

/** Sets where somebody is inside the target level. */
export function usePlaceAssessment({ id, version }: Assessment) {
  return useAssessmentChange(id, (modifier: string) =>
    read(
      client.PUT('/assessments/{id}/modifier', {
        params: { path: { id }, header: ifMatch(version) },
        body: { modifier },
      }),
    ),
  );
}

/** Moves a draft to the version of its ladder that is in force. */
export function useMoveAssessment({ id, version }: Assessment) {
  return useAssessmentChange<void>(id, () =>
    read(
      client.POST('/assessments/{id}/version', {
        params: { path: { id }, header: ifMatch(version) },
      }),
    ),
  );
}

export function useRecallAssessment(id: string) {
  return useAssessmentChange<void>(id, () =>
    read(client.DELETE('/assessments/{id}/submission', { params: { path: { id } } })),
  );
}
