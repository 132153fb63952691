import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import type { DecisionInput } from '../../api/types';
import { useCaseChange } from '../promotion/queries';
import type { BallotInput } from './missing';

export const panelQuery = queryOptions({
  queryKey: ['panel', 'cases'],
  queryFn: () => read(client.GET('/panel/cases', {})),
});

export const ballotQuery = (id: string) =>
  queryOptions({
    queryKey: ['panel', 'ballot', id],
    queryFn: () => read(client.GET('/cases/{id}/ballot', { params: { path: { id } } })),
  });

export const seatsQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'seats'],
    queryFn: () => read(client.GET('/cases/{id}/seats', { params: { path: { id } } })),
  });

export const candidatesQuery = (id: string, q: string) =>
  queryOptions({
    queryKey: ['case', id, 'candidates', q],
    queryFn: () =>
      read(client.GET('/cases/{id}/seats/candidates', { params: { path: { id }, query: { q } } })),
    placeholderData: (previous) => previous,
  });

export const tallyQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'tally'],
    queryFn: () => read(client.GET('/cases/{id}/tally', { params: { path: { id } } })),
    retry: false,
  });

/** What is not chosen yet is left out. */
function marking({ marks, reasons, vote, confidence, reason, notes }: BallotInput) {
  const given = Object.entries(marks).flatMap(([code, mark]) =>
    mark === null ? [] : [[code, mark] as const],
  );
  return {
    marks: Object.fromEntries(given),
    reasons,
    reason,
    notes,
    ...(vote && { vote }),
    ...(confidence && { confidence }),
  };
}

export function saveBallot(id: string, input: BallotInput, version: number) {
  const params = { path: { id }, header: ifMatch(version) };
  return read(client.PUT('/cases/{id}/ballot', { params, body: marking(input) }));
}

export function useSealBallot(id: string, version: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      read(
        client.POST('/cases/{id}/ballot/seal', {
          params: { path: { id }, header: ifMatch(version) },
        }),
      ),
    onSuccess: (ballot) => {
      queries.setQueryData(ballotQuery(id).queryKey, ballot);
      for (const queryKey of [['panel', 'cases'], ['home'], ['me']])
        void queries.invalidateQueries({ queryKey });
    },
  });
}

export function useRecuse(id: string) {
  return useCaseChange(id, (reason: string) =>
    read(client.POST('/cases/{id}/recusal', { params: { path: { id } }, body: { reason } })),
  );
}

export function useSeatPanel(id: string) {
  return useCaseChange(id, (body: { personIds: string[]; chairId: string }) =>
    read(client.PUT('/cases/{id}/seats', { params: { path: { id } }, body })),
  );
}

export function useDecide(id: string) {
  return useCaseChange(id, (body: DecisionInput) =>
    read(client.POST('/cases/{id}/decision', { params: { path: { id } }, body })),
  );
}
