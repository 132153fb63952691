import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, read } from '../../api/client';
import type { DirectKind } from './kinds';

export type ImportInput = { file: File; dryRun: boolean; name?: string; validFrom?: string };

const paths = { bands: '/bands/imports', pay: '/pay/imports' } as const;

/** Sends the bytes of a file, whatever their encoding. A dry run tells what would happen and changes nothing. */
export function useImport(kind: DirectKind) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, dryRun, name, validFrom }: ImportInput) => {
      const query = { dryRun, ...(name && { name }), ...(validFrom && { validFrom }) };
      return read(
        client.POST(paths[kind], {
          params: { query, header: { 'X-File-Name': encodeURIComponent(file.name) } },
          headers: { 'Content-Type': 'application/octet-stream' },
          body: '', // the type says text, but the file itself is sent
          bodySerializer: () => file,
        }),
      );
    },
    onSuccess: (_, { dryRun }) => {
      if (!dryRun) void queries.invalidateQueries();
    },
  });
}
