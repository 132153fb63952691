import { expect, type Page } from '@playwright/test';
import { demo } from './servers.ts';

type Method = 'PATCH' | 'GET' | 'PUT' | 'POST' | 'DELETE';
type Sent = { version?: number; body?: unknown };

/** Calls the API as the person who is signed in on the page. */
export function ask(page: Page, method: Method, path: string, { version, body }: Sent = {}) {
  return page.request.fetch(`${demo.url}/api/v1${path}`, {
    method,
    headers: version === undefined ? {} : { 'If-Match': `"${version}"` },
    ...(body !== undefined && { data: body }),
  });
}

/** The answer of the API, which must succeed. */
export async function ok(page: Page, method: Method, path: string, sent: Sent = {}) {
  const answer = await ask(page, method, path, sent);
  const text = await answer.text();
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${text}`).toBe(true);
  return text === '' ? undefined : JSON.parse(text);
}

export async function status(page: Page, path: string): Promise<number> {
  return (await ask(page, 'GET', path)).status();
}
