import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import type { Assessment, AssessmentItem, Rating } from '../../api/types';

export const cycleQuery = queryOptions({
  queryKey: ['cycle'],
  queryFn: () => read(client.GET('/cycles/current', {})),
  retry: false,
});

export const assessmentsQuery = (person: string) =>
  queryOptions({
    queryKey: ['assessments', person],
    queryFn: () => read(client.GET('/assessments', { params: { query: { person } } })),
  });

export const assessmentQuery = (id: string) =>
  queryOptions({
    queryKey: ['assessment', id],
    queryFn: () => read(client.GET('/assessments/{id}', { params: { path: { id } } })),
  });

export const comparisonQuery = (id: string) =>
  queryOptions({
    queryKey: ['comparison', id],
    queryFn: () => read(client.GET('/assessments/{id}/comparison', { params: { path: { id } } })),
  });

export type NewAssessment = { personId: string; targetLevel?: string };

/** Opens the assessment of this cycle, or the one that is already there. */
export function useOpenAssessment() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewAssessment) => read(client.POST('/assessments', { body })),
    onSuccess: (assessment) => {
      queries.setQueryData(assessmentQuery(assessment.id).queryKey, assessment);
      void queries.invalidateQueries({ queryKey: ['me'] });
      void queries.invalidateQueries({ queryKey: ['assessments'] });
    },
  });
}

export type ItemInput = { rating: Rating; reason: string; evidenceIds: string[] };

export function saveItem(id: string, competency: string, input: ItemInput, version: number) {
  const { rating, reason, evidenceIds } = input;
  const body = { reason, evidenceIds, ...(rating !== null && { rating }) };
  const params = { path: { id, competency }, header: ifMatch(version) };
  return read(client.PUT('/assessments/{id}/items/{competency}', { params, body }));
}

/** Puts a saved item into the assessment that the screen shows. */
export function useItemSaved(id: string): (item: AssessmentItem) => void {
  const queries = useQueryClient();
  return (item) => {
    queries.setQueryData<Assessment>(
      assessmentQuery(id).queryKey,
      (now) =>
        now && {
          ...now,
          items: now.items.map((old) => (old.competency === item.competency ? item : old)),
        },
    );
    for (const key of ['me', 'home', 'team']) void queries.invalidateQueries({ queryKey: [key] });
  };
}

function useAssessmentChange<T>(id: string, change: (input: T) => Promise<Assessment | undefined>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: assessmentQuery(id).queryKey });
      for (const key of ['me', 'home', 'team', 'assessments']) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
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

/** Says where inside the target level somebody is. */
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

/** Takes a draft to the version of its ladder that is in force. */
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

export type NewCase = { personId: string; fromComparison?: string; toLevel: string };

export function useOpenCase() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewCase) => read(client.POST('/cases', { body })),
    onSuccess: () => {
      for (const key of ['cases', 'comparison', 'team', 'home', 'me']) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    },
  });
}
