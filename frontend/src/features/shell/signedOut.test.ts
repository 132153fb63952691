import { afterEach, expect, test } from 'vitest';
import { client } from '../../api/client';
import { signedOut } from './signedOut';

afterEach(() => signedOut.set(false));

async function answered(status: number): Promise<void> {
  const fetch = async () => new Response('{}', { status });
  await client.GET('/me', { baseUrl: 'http://rung.test/api/v1', fetch });
}

test('an answer that says the session is gone opens the dialog', async () => {
  await answered(200);
  expect(signedOut.get()).toBe(false);
  await answered(401);
  expect(signedOut.get()).toBe(true);
});
