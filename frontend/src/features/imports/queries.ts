import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import type { ImportKind } from './kinds';

export type ImportInput = { file: File; dryRun: boolean; name?: string; validFrom?: string };

const paths = { people: '/people/imports', bands: '/bands/imports', pay: '/pay/imports' } as const;

/** Sends a file as it is. A dry run says what would happen and changes nothing. */
export function useImport(kind: ImportKind) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, dryRun, name, validFrom }: ImportInput) => {
      const body = await file.text();
      const query = { dryRun, ...(name && { name }), ...(validFrom && { validFrom }) };
      return read(
        client.POST(paths[kind], {
          params: { query, header: { 'X-File-Name': encodeURIComponent(file.name) } },
          headers: { 'Content-Type': 'text/csv' },
          body,
          bodySerializer: (text: string) => text,
        }),
      );
    },
    onSuccess: (_, { dryRun }) => {
      if (!dryRun) void queries.invalidateQueries();
    },
  });
}
