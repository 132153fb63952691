import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import type { Evidence, EvidenceInput } from '../../api/types';

type Filter = { competency?: string | undefined; q?: string | undefined };

export const evidenceQuery = ({ competency, q }: Filter = {}) =>
  infiniteQueryOptions({
    queryKey: ['evidence', competency ?? '', q ?? ''],
    queryFn: ({ pageParam }) =>
      read(client.GET('/evidence', { params: { query: { competency, q, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });

function useRefresh(): () => void {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['evidence'] });
    void queries.invalidateQueries({ queryKey: ['home'] });
  };
}

/** Creates a piece, or changes the one that is given. */
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
