import { expect, type Page, test } from '@playwright/test';
import { ask, ok } from './api.ts';
import { as, expectAccessible, goTo } from './persona.ts';

async function decide(page: Page, months: string, reason: string) {
  await goTo(page, '/settings', 'Company settings');
  await page.getByLabel('Months at a level before a case for a higher one').fill(months);
  await page.getByLabel('Why').fill(reason);
  await page.getByRole('button', { name: 'Change 1 setting' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: reason })).toContainText(months);
}

test('a rule of the company makes a case wait until HR waives it', async ({ browser }) => {
  const hr = await as(browser, 'hr');
  await decide(hr, '60', 'Five years at each level');
  await expectAccessible(hr);

  const manager = await as(browser, 'manager');
  const { items } = await ok(manager, 'GET', '/people?q=tove');
  const path = `/people/${items[0].id}/case`;
  await goTo(manager, path, /A case for Tove/);
  await expect(manager.getByRole('list', { name: 'Rules' })).toContainText('60 months at a level');
  await expect(manager.getByText('The rules above still make this level wait.')).toBeVisible();
  const refused = await ask(manager, 'POST', '/cases', {
    body: { personId: items[0].id, toLevel: 'IC4' },
  });
  expect(refused.status()).toBe(422);
  expect((await refused.json()).code).toBe('not_yet');

  await goTo(hr, path, /A case for Tove/);
  await hr.getByRole('button', { name: 'Waive this rule' }).click();
  await hr.getByLabel(/need not wait/).fill('Hired a level too low');
  await expectAccessible(hr);
  await hr.getByRole('button', { name: 'Waive', exact: true }).click();
  await expect(hr.getByText(/Hired a level too low/)).toBeVisible();

  await manager.reload();
  await expect(manager.getByText('Waived', { exact: true })).toBeVisible();
  await manager.getByRole('radio', { name: /IC5 Lead/ }).check();
  await expect(manager.getByText('Say why first.')).toBeVisible();
  await manager.getByRole('radio', { name: /IC4 Senior/ }).check();
  await expectAccessible(manager);
  await manager.getByRole('button', { name: 'Start a promotion case' }).click();
  await expect(manager.getByText('HR waived for this case: time at the level.')).toBeVisible();

  await decide(hr, '6', 'Half a year is enough');
});
