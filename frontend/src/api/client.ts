import createClient, { type Middleware } from 'openapi-fetch';
import { Problem, Unreachable, waitOf } from './problem';
import type { paths } from './schema';

const nameUnreachable: Middleware = {
  onError({ error }) {
    return error instanceof TypeError ? new Unreachable() : undefined;
  },
};

export const client = createClient<paths>({ baseUrl: '/api/v1' });
client.use(nameUnreachable);

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** Waits for an answer and throws a Problem unless it is a good one. */
export async function read<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) {
    const body = typeof error === 'object' && error !== null ? error : {};
    throw new Problem(response.status, body, waitOf(response.headers.get('Retry-After')));
  }
  return data as T;
}

/** The header of a write that must not overwrite a newer version. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}
