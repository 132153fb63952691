import { describe, expect, test } from 'vitest';
import { client, ifMatch, read } from './client';
import { readConfig } from './config';
import { isPassing, isProblem, Unreachable } from './problem';

type Fetch = (request: Request) => Promise<Response>;

function answering(status: number, body: unknown): Fetch {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return async () => new Response(text, { status, headers: { 'Content-Type': type } });
}

function ask(fetch: Fetch): Promise<unknown> {
  const answer = read(client.GET('/me', { baseUrl: 'http://rung.test/api/v1', fetch }));
  return answer.catch((error: unknown) => error);
}

describe('an answer of the API', () => {
  test('is its body when it is good', async () => {
    expect(await ask(answering(200, { company: 'Northquay' }))).toEqual({ company: 'Northquay' });
  });

  test('is an error with code, fields and the current state when it is a problem', async () => {
    const errors = [{ pointer: '/items/mentoring/reason', message: 'Say why' }];
    const error = await ask(
      answering(412, {
        code: 'stale',
        detail: 'It changed',
        requestId: 'r1',
        errors,
        current: { version: 2 },
      }),
    );
    expect(isProblem(error, 'stale')).toBe(true);
    expect(error).toMatchObject({
      status: 412,
      requestId: 'r1',
      current: { version: 2 },
      errors,
      message: 'It changed',
    });
  });

  test('is not blamed on the server when it never came', async () => {
    const fail = async () => {
      throw new TypeError('Failed to fetch');
    };
    expect(await ask(fail)).toBeInstanceOf(Unreachable);
  });

  test('says how long the server wants to be left alone', async () => {
    const at = new Date(Date.now() + 90_000).toUTCString();
    for (const [header, least, most] of [
      ['5', 5000, 5000],
      [at, 80_000, 90_000],
    ] as const) {
      const error = await ask(
        async () => new Response('{}', { status: 503, headers: { 'Retry-After': header } }),
      );
      expect(isPassing(error) && error.retryAfter).toBeGreaterThanOrEqual(least);
      expect(isPassing(error) && error.retryAfter).toBeLessThanOrEqual(most);
    }
    expect(await ask(answering(503, {}))).toMatchObject({ retryAfter: undefined });
    expect(isPassing(await ask(answering(500, {})))).toBe(false);
  });

  test('says what happened even without a body', async () => {
    expect(await ask(answering(502, 'oops'))).toMatchObject({
      code: 'unknown',
      message: 'The server answered 502',
    });
  });
});

test('a version is a quoted tag', () => {
  expect(ifMatch(7)).toEqual({ 'If-Match': '"7"' });
});

test('the page holds the company and the nonce, the dev server neither', () => {
  const page = (text: string) =>
    new DOMParser().parseFromString(`<script id="rung-config">${text}</script>`, 'text/html');
  expect(readConfig(page('{"company":"Northquay","nonce":"n"}'))).toEqual({
    company: 'Northquay',
    nonce: 'n',
  });
  expect(readConfig(page('__RUNG_CONFIG__'))).toEqual({ company: '', nonce: '' });
});
