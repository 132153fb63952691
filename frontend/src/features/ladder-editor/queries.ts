import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, read } from '../../api/client';
import { apiKey, apiQuery, invalidate } from '../../api/query';
import type { components } from '../../api/schema';
import { whenSaved } from '../../components/autosave/unsaved';

type Schemas = components['schemas'];
export type Draft = Schemas['LadderDraft'];
export type DraftBrief = Schemas['LadderDraftBrief'];
export type Criterion = Schemas['LadderCriterion'];
export type CellEdit = Schemas['LadderCellEdit'];
export type VersionDiff = Schemas['LadderVersionDiff'];
export type DraftChanges = Schemas['LadderDraftChanges'];
export type Approving = Schemas['LadderApproving'];
export type Move = Schemas['LadderMove'];
export type Finding = Schemas['LadderDraftFinding'];
export type Comment = Schemas['LadderComment'];
export type Converted = Schemas['LadderConverted'];
export type Mapping = Schemas['LadderMapping'];

/** The place of a cell: a competency at a level or at a point of its scale, for everybody or for one archetype. */
export type Anchor = { competency: string; anchor: string; archetype?: string };

export const draftsQuery = apiQuery('/ladder-drafts');

export const draftQuery = (id: string) => apiQuery('/ladder-drafts/{id}', { path: { id } });

/** What a draft changes, asked again for every version of it. */
export const changesQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: [...apiKey('/ladder-drafts/{id}/changes', { path: { id } }), version],
    queryFn: () => read(client.GET('/ladder-drafts/{id}/changes', { params: { path: { id } } })),
    retry: false,
  });

export const versionsQuery = (slug: string) =>
  apiQuery('/ladders/{slug}/versions', { path: { slug } });

export const versionDiffQuery = (slug: string, from: string, to: string) => ({
  ...apiQuery('/ladders/{slug}/changes', { path: { slug }, query: { from, to } }),
  enabled: from !== to,
});

/** Puts an answered draft where the screens read it. */
export function useDraftSaved() {
  const queries = useQueryClient();
  return (draft: Draft) => {
    queries.setQueryData(draftQuery(draft.id).queryKey, (known: Draft | undefined) =>
      // An answer that was overtaken has older text, but the newest comments.
      known && known.version > draft.version ? { ...known, comments: draft.comments } : draft,
    );
    void invalidate(queries, '/ladder-drafts');
  };
}

export async function saveSource(id: string, source: string, version: number): Promise<Draft> {
  const path = { id };
  const header = ifMatch(version);
  return read(
    client.PUT('/ladder-drafts/{id}/source', { params: { path, header }, body: { source } }),
  );
}

export async function saveCell(
  id: string,
  { competency, anchor, archetype }: Anchor,
  body: CellEdit,
  version: number,
): Promise<Draft> {
  return read(
    client.PUT('/ladder-drafts/{id}/cells/{competency}/{anchor}', {
      params: {
        path: { id, competency, anchor },
        query: { ...(archetype && { archetype }) },
        header: ifMatch(version),
      },
      body,
    }),
  );
}

export async function saveOutline(
  id: string,
  body: Schemas['LadderOutline'],
  version: number,
): Promise<Draft> {
  const params = { path: { id }, header: ifMatch(version) };
  return read(client.PUT('/ladder-drafts/{id}/outline', { params, body }));
}

export function useStartDraft() {
  const saved = useDraftSaved();
  return useMutation({
    mutationFn: (body: { slug?: string; source?: string }) =>
      read(client.POST('/ladder-drafts', { body })),
    onSuccess: saved,
  });
}

/**
 * The draft as the server has it once everything that was typed is saved. What was
 * typed a moment ago belongs to the next step.
 */
export function useSettledDraft(draft: Draft): () => Promise<Draft> {
  const queries = useQueryClient();
  return async () => {
    await whenSaved();
    return queries.getQueryData(draftQuery(draft.id).queryKey) ?? draft;
  };
}

/** The steps that take a draft from one state to the next. */
export function useDraftStep(draft: Draft) {
  const queries = useQueryClient();
  const saved = useDraftSaved();
  const settled = useSettledDraft(draft);
  const params = { path: { id: draft.id }, header: ifMatch(draft.version) };
  const ask = useMutation({
    mutationFn: async () => {
      const header = ifMatch((await settled()).version);
      const path = { id: draft.id };
      return read(client.POST('/ladder-drafts/{id}/review', { params: { path, header } }));
    },
    onSuccess: saved,
  });
  const takeBack = useMutation({
    mutationFn: () => read(client.DELETE('/ladder-drafts/{id}/review', { params })),
    onSuccess: saved,
  });
  const discard = useMutation({
    mutationFn: () => read(client.DELETE('/ladder-drafts/{id}', { params })),
    onSuccess: () => invalidate(queries, '/ladder-drafts'),
  });
  const approve = useMutation({
    mutationFn: (body: Approving) =>
      read(client.POST('/ladder-drafts/{id}/approval', { params, body })),
    onSuccess: () => {
      const path = { slug: draft.slug };
      return invalidate(
        queries,
        '/ladder-drafts',
        '/ladders',
        apiKey('/ladders/{slug}', { path }),
        apiKey('/ladders/{slug}/comparison', { path }),
        apiKey('/ladders/{slug}/versions', { path }),
        apiKey('/ladders/{slug}/changes', { path }),
      );
    },
  });
  return { ask, takeBack, discard, approve };
}

export function useSayMoves(draft: Draft) {
  const saved = useDraftSaved();
  return useMutation({
    mutationFn: (moves: Move[]) =>
      read(
        client.PUT('/ladder-drafts/{id}/moves', {
          params: { path: { id: draft.id }, header: ifMatch(draft.version) },
          body: { moves },
        }),
      ),
    onSuccess: saved,
  });
}

export function useComments(id: string) {
  const saved = useDraftSaved();
  const say = useMutation({
    mutationFn: (body: { text: string; competency?: string; level?: string }) =>
      read(client.POST('/ladder-drafts/{id}/comments', { params: { path: { id } }, body })),
    onSuccess: saved,
  });
  const resolve = useMutation({
    mutationFn: (comment: string) =>
      read(
        client.POST('/ladder-drafts/{id}/comments/{comment}/resolution', {
          params: { path: { id, comment } },
        }),
      ),
    onSuccess: saved,
  });
  return { say, resolve };
}

/** Switches the public link of a ladder, or sets which units stand on it. */
export function useConfigureLadder() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ slug, ...body }: { slug: string; public?: boolean; units?: string[] }) =>
      read(client.PATCH('/ladders/{slug}', { params: { path: { slug } }, body })),
    onSuccess: () => invalidate(queries, '/ladders'),
  });
}

/** The bytes of a file as the API takes them. */
async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 32_768) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 32_768)));
  }
  return btoa(parts.join(''));
}

/** Files to read as one ladder, and what a person said about them. */
export type Conversion = {
  files: File[];
  /** The level that each file is about, by its name. */
  levels?: Record<string, string>;
  /** The headings or headers that are levels. */
  headings?: string[];
  mapping?: Mapping;
};

/** Reads tables and pages as a ladder. It is a dry run: nothing is kept. */
export function useConvert() {
  return useMutation({
    mutationFn: async ({ files, levels, headings, mapping }: Conversion) => {
      const [first, ...more] = await Promise.all(
        files.map(async (file) => ({
          fileName: file.name,
          content: await base64(file),
          ...(levels?.[file.name] && { level: levels[file.name] }),
        })),
      );
      if (!first) throw new Error('Choose a file.');
      return read(
        client.POST('/ladder-drafts/conversion', {
          body: {
            ...first,
            ...(more.length > 0 && { more }),
            ...(headings && { options: { levels: headings } }),
            ...(mapping && { mapping }),
          },
        }),
      );
    },
  });
}
