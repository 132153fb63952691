import { expect, type Page, test } from '@playwright/test';
import { ok, status } from './api.ts';
import { as, goTo } from './persona.ts';
import { demo } from './servers.ts';
import { write } from './writing.ts';

/** The lead's self-assessment of this cycle, at its second competency. */
async function draftOf(page: Page): Promise<string> {
  const { id } = await ok(page, 'POST', '/assessments', { body: {} });
  return `/assessments/${id}?c=code-quality-and-review`;
}

const why = (page: Page) => page.getByRole('textbox', { name: 'Why' });

test('an expired session keeps what was typed', async ({ browser }) => {
  const page = await as(browser, 'lead');
  await goTo(page, await draftOf(page), /Yusuf Kaleem|assessment/i);
  const here = page.url();
  await page.request.post(`${demo.url}/auth/logout`, { data: {} });
  expect(await status(page, '/me')).toBe(401);
  await why(page).fill('Typed after the session had ended.');
  await why(page).blur();
  const dialog = page.getByRole('dialog', { name: 'Sign in again to continue' });
  await dialog.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Yusuf Kaleem' }).click();
  await expect(page).toHaveURL(here);
  await page.getByRole('button', { name: 'Put it back' }).click();
  await expect(why(page)).toHaveValue('Typed after the session had ended.');
  await expect(page.getByTestId('autosave')).toContainText('Saved');
  await page.context().close();
});

test('two tabs that edit the same text lose nothing', async ({ browser }) => {
  const first = await as(browser, 'lead');
  const path = await draftOf(first);
  await goTo(first, path, /assessment/i);
  const second = await first.context().newPage();
  await goTo(second, path, /assessment/i);
  await write(why(first), 'From the first tab.');
  await why(second).fill('From the second tab.');
  await why(second).blur();
  const merge = second.getByRole('region', { name: 'You wrote in two places' });
  await expect(merge).toContainText('first');
  await expect(merge).toContainText('second');
  await merge.getByRole('textbox').fill('From the first tab. From the second tab.');
  await merge.getByRole('button', { name: 'Save the result' }).click();
  await expect(second.getByTestId('autosave')).toContainText('Saved');
  await first.reload();
  await expect(why(first)).toHaveValue('From the first tab. From the second tab.');
  await first.context().close();
});

test('a page that does not exist says so and offers a next step', async ({ browser }) => {
  const page = await as(browser, 'lead');
  await goTo(page, '/nowhere', 'Nothing here for you');
  const nav = page.getByRole('navigation', { name: 'Main', exact: true });
  await nav.getByRole('link', { name: 'Home' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
  await page.context().close();
});

test('the palette finds a person with the keyboard', async ({ browser }) => {
  const page = await as(browser, 'hr');
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search or jump' }).fill('yusuf');
  await expect(page.getByRole('button', { name: /^Yusuf Kaleem/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/people\//);
  await expect(page.getByRole('heading', { level: 1, name: 'Yusuf Kaleem' })).toBeVisible();
  await page.context().close();
});
