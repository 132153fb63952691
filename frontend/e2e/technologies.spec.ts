import { expect, test } from '@playwright/test';
import { ok } from './api.ts';
import { as, expectAccessible, goTo } from './persona.ts';

test('technologies are rated by keyboard, removed and restored, and read by the manager', async ({
  browser,
}) => {
  const page = await as(browser, 'engineer', '/me/technologies');
  const row = (name: string) => page.locator(`[data-technology="${name}"]`);
  const depth = (name: string) => page.getByRole('radiogroup', { name: `${name}, depth` });

  await depth('Cassandra').getByRole('radio').first().focus();
  await page.keyboard.press('3');
  await expect(depth('Redis').getByRole('radio', { checked: true })).toBeFocused();
  await expect(row('Cassandra')).toContainText('Ran in production');
  await row('Cassandra')
    .getByRole('button', { name: /^Stance on Cassandra/ })
    .click();
  await page.getByLabel('Your stance on Cassandra').fill('For writes that outgrow one machine.');
  await page.getByLabel('I use it today').uncheck();
  await page.getByLabel('Last used').fill('2024-03');
  await expectAccessible(page);
  await page.getByLabel('Your stance on Cassandra').blur();
  await expect(page.getByTestId('autosave')).toContainText('Saved');

  await page.getByLabel('Something else you work with').fill('Temporal');
  await page.keyboard.press('Enter');
  await expect(depth('Temporal').getByRole('radio').first()).toBeFocused();
  await page.keyboard.press('1');
  await expect(row('Temporal')).toContainText('Tried');

  await depth('Cassandra').getByRole('radio', { name: 'Not in my profile' }).click();
  await expect(row('Cassandra')).toContainText('Removed');
  await row('Cassandra').getByRole('button', { name: 'Undo' }).click();
  await expect(row('Cassandra')).toContainText('Until Mar 2024');
  await expect(page.getByTestId('autosave')).toContainText('Saved');

  await page.reload();
  await expect(row('Cassandra')).toContainText('For writes that outgrow one machine.');
  const { person } = await ok(page, 'GET', '/me');

  const manager = await as(browser, 'manager');
  await goTo(manager, `/people/${person.id}`, person.name);
  const said = manager.getByRole('table', { name: 'Technologies' });
  await expect(said.getByRole('row', { name: /^Cassandra/ })).toContainText('Ran in production');
  await expect(said.getByRole('row', { name: /^Temporal/ })).toContainText('In use');
  await expectAccessible(manager);

  const colleague = await as(browser, 'lead');
  await goTo(colleague, `/people/${person.id}`, person.name);
  await expect(colleague.getByRole('heading', { name: 'Technologies' })).toHaveCount(0);
});
