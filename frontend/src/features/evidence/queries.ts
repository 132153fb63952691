import { keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import { apiPages, invalidate } from '../../api/query';
import type { Evidence, EvidenceInput } from '../../api/types';

type Filter = { competency?: string | undefined; q?: string | undefined };

export const evidenceQuery = ({ competency, q }: Filter = {}) => ({
  ...apiPages('/evidence', { query: { competency, q } }),
  placeholderData: keepPreviousData,
});

function useRefresh(): () => void {
  const queries = useQueryClient();
  return () => void invalidate(queries, '/evidence', '/me/home');
}

/** Creates a piece, or changes the given one. */
export function useSaveEvidence(piece?: Evidence) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: EvidenceInput) =>
      piece
        ? read(
            client.PUT('/evidence/{id}', {
              params: { path: { id: piece.id }, header: ifMatch(piece.version) },
              body,
            }),
          )
        : read(client.POST('/evidence', { body })),
    onSuccess: refresh,
  });
}

export function useDeleteEvidence() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id }: Evidence) =>
      read(client.DELETE('/evidence/{id}', { params: { path: { id } } })),
    onSuccess: refresh,
  });
}
