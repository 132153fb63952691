import { keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import { apiQuery, invalidate } from '../../api/query';
import type { DecisionInput } from '../../api/types';
import { useCaseChange } from '../promotion/queries';
import type { BallotInput } from './missing';

export const panelQuery = apiQuery('/panel/cases');

export const ballotQuery = (id: string) => apiQuery('/cases/{id}/ballot', { path: { id } });

export const seatsQuery = (id: string) => apiQuery('/cases/{id}/seats', { path: { id } });

export const candidatesQuery = (id: string, q: string) => ({
  ...apiQuery('/cases/{id}/seats/candidates', { path: { id }, query: { q } }),
  placeholderData: keepPreviousData,
});

export const tallyQuery = (id: string) => ({
  ...apiQuery('/cases/{id}/tally', { path: { id } }),
  retry: false,
});

/** Choices that are not made yet are left out. */
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
      void invalidate(queries, '/panel/cases', '/me', '/me/home');
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
