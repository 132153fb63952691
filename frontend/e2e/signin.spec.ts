import { expect, type Page, test } from '@playwright/test';
import { provider, rung } from './servers.ts';

async function signIn(page: Page, who: string) {
  await page.goto(`${rung.url}/auth/login?return_to=/ladders`);
  await page.getByPlaceholder('Enter any login').fill(who);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test.describe('sign-in against an independent provider', () => {
  test('groups become roles, and signing out ends both sessions', async ({ page }) => {
    await signIn(page, 'ada');
    await expect(page).toHaveURL(`${rung.url}/ladders`);
    const me = await (await page.request.get(`${rung.url}/api/v1/me`)).json();
    expect(me.roles).toEqual(['employee', 'hr']);

    const out = await (await page.request.post(`${rung.url}/auth/logout`, { data: {} })).json();
    expect(out.location).toContain(`${provider.url}/session/end`);
    await page.goto(out.location);
    await page.getByRole('button', { name: /sign me out/i }).click();
    await expect(page).toHaveURL(`${rung.url}/auth/signed-out`);
    expect((await page.request.get(`${rung.url}/api/v1/me`)).status()).toBe(401);

    await page.getByRole('link', { name: 'Sign in' }).click();
    await expect(page.getByPlaceholder('Enter any login')).toBeVisible(); // the provider has ended the session too
  });

  test('a person without the group has no role', async ({ page }) => {
    await signIn(page, 'bo');
    await expect(page).toHaveURL(`${rung.url}/ladders`);
    const me = await (await page.request.get(`${rung.url}/api/v1/me`)).json();
    expect(me.roles).toEqual(['employee']);
    expect((await page.request.get(`${rung.url}/api/v1/bands/comparison`)).status()).toBe(403);
  });

  test('nobody signs in with an unverified address', async ({ page }) => {
    await signIn(page, 'eve');
    await expect(page.getByRole('heading')).toHaveText('Your e-mail address is not verified');
    expect((await page.request.get(`${rung.url}/api/v1/me`)).status()).toBe(401);
  });
});
