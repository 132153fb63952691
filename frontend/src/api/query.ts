import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query';
import { client, read } from './client';
import { Problem } from './problem';
import type { paths } from './schema';

/**
 * The path of an operation that reads. It stands for the operation's id, which the
 * types of the schema do not give for a path.
 */
export type Endpoint = {
  [P in keyof paths]: paths[P] extends { get: object } ? P : never;
}[keyof paths];

type Operation<P extends Endpoint> = paths[P] extends { get: infer Get } ? Get : never;

type Part<Parameters, Name extends 'path' | 'query'> =
  Parameters extends Record<Name, infer T>
    ? { [K in Name]: T }
    : Parameters extends { [K in Name]?: infer T }
      ? [T] extends [undefined]
        ? unknown
        : { [K in Name]?: T }
      : unknown;

/** The parameters of an operation that select what it reads. */
type Params<P extends Endpoint> =
  Operation<P> extends { parameters: infer All } ? Part<All, 'path'> & Part<All, 'query'> : never;

type Answer<P extends Endpoint> =
  Operation<P> extends {
    responses: { 200: { content: { 'application/json': infer Body } } };
  }
    ? Body
    : never;

/** Parameters are optional where an operation requires none. */
type Given<T> = object extends T ? [params?: T] : [params: T];

/** An operation that answers page by page. */
type Paged = {
  [P in Endpoint]: Answer<P> extends { nextCursor?: string | null } ? P : never;
}[Endpoint];

/** The query of an operation, keyed by its path and its parameters. */
export function apiQuery<P extends Endpoint>(path: P, ...[params]: Given<Params<P>>) {
  return queryOptions({
    queryKey: apiKey(path, params),
    queryFn: () => ask(path, params ?? {}),
  });
}

/** The query of an operation that answers page by page, kept apart from the query that asks once. */
export function apiPages<P extends Paged>(path: P, ...[params]: Given<Params<P>>) {
  const { query, ...rest }: { query?: object } = params ?? {};
  return infiniteQueryOptions({
    queryKey: [...apiKey(path, params), 'pages'] as const,
    queryFn: ({ pageParam: cursor }) => ask(path, { ...rest, query: { ...query, cursor } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page as { nextCursor?: string | null }).nextCursor ?? undefined,
  });
}

/** The key of all answers of an operation that share these parameters. */
export function apiKey<P extends Endpoint>(path: P, params: Partial<Params<P>> = {}) {
  return [path, params] as const;
}

type Key = readonly [Endpoint, ...unknown[]];

/** Refetches answers: all of an operation, or those that match a key. */
export async function invalidate(queries: QueryClient, ...of: (Endpoint | Key)[]): Promise<void> {
  const keys = of.map((one) => (typeof one === 'string' ? [one] : one));
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}

/** Refetches everything except the answers of these operations. */
export function invalidateOthers(queries: QueryClient, ...but: Endpoint[]): Promise<void> {
  const kept = new Set<unknown>(but);
  return queries.invalidateQueries({ predicate: ({ queryKey }) => !kept.has(queryKey[0]) });
}

function ask<P extends Endpoint>(path: P, params: object): Promise<Answer<P>> {
  // The parameters fit the path, but the client cannot check this for a path that is still generic.
  return read(client.GET(path, { params } as never)) as Promise<Answer<P>>;
}

function worthRetrying(failures: number, error: Error): boolean {
  const final = error instanceof Problem && error.status < 500;
  return !final && failures < 2;
}

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: worthRetrying, staleTime: 10_000 } },
  });
}
