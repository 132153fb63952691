import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import { apiQuery, invalidate } from '../../api/query';
import type { components } from '../../api/schema';

export type Token = components['schemas']['TokensToken'];
export type CreatedToken = components['schemas']['TokensCreated'];
export type NewToken = { name: string; scopes: string[]; expiresOn: string };

export const tokensQuery = apiQuery('/tokens');

export function useCreateToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewToken) => read(client.POST('/tokens', { body })),
    onSuccess: () => invalidate(queries, '/tokens'),
  });
}

export function useRevokeToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => read(client.DELETE('/tokens/{id}', { params: { path: { id } } })),
    onSuccess: () => invalidate(queries, '/tokens'),
  });
}
