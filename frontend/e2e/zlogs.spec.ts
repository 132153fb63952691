import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { ok } from './api.ts';
import { as } from './persona.ts';
import { logs, rung } from './servers.ts';

/** Runs after all other journeys: their logs must not hold anybody's pay or a secret. */
test('no pay and no secret in any log', async ({ browser }) => {
  const hr = await as(browser, 'hr');
  const amounts = new Set<string>();
  let cursor = '';
  do {
    const page = await ok(hr, 'GET', `/people?sort=pay&limit=200&cursor=${cursor}`);
    for (const { pay } of page.items) {
      amounts.add(String(pay.minor));
      amounts.add(String(pay.minor / 100));
    }
    cursor = page.nextCursor ?? '';
  } while (cursor);
  expect(amounts.size).toBeGreaterThan(50);
  const text = readFileSync(logs.demo, 'utf8') + readFileSync(logs.rung, 'utf8');
  expect(text.length).toBeGreaterThan(1000);
  const numbers = new Set(text.match(/\d+(\.\d+)?/g));
  expect([...amounts].filter((amount) => numbers.has(amount))).toEqual([]);
  expect(text).not.toContain(rung.env.RUNG_OIDC_CLIENT_SECRET);
});
