import { expect, test } from '@playwright/test';
import { ok } from './api.ts';
import { as, expectAccessible, goTo } from './persona.ts';

test('the org chart opens at the reader and works with the keyboard', async ({ browser }) => {
  const page = await as(browser, 'engineer', '/org');
  const tree = page.getByRole('tree', { name: 'Org chart' });
  await expect(tree.getByRole('treeitem', { name: /^Emre Balci/ })).toBeVisible();
  await expectAccessible(page);
  const top = tree.getByRole('treeitem').first();
  await top.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(top).toHaveAttribute('aria-expanded', 'false');
  await expect(tree.getByRole('treeitem')).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await expect(top).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(tree.getByRole('treeitem').nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/people\//);
});

test('HR changes org facts from a future day, and the history shows it', async ({ browser }) => {
  const hr = await as(browser, 'hr', '/people');
  const { items } = await ok(hr, 'GET', '/people?q=noor');
  const [person] = items;
  await goTo(hr, `/people/${person.id}`, person.name);
  await hr.getByRole('button', { name: 'Change org facts' }).click();
  const dialog = hr.getByRole('dialog', { name: /Change org facts/ });
  await dialog.getByLabel('From').fill('2030-01-01');
  await dialog.getByLabel('Title').fill('Backend Engineer, part-time');
  await expect(dialog.getByText(/From Tue 1 Jan 2030|From .*2030/)).toBeVisible();
  await expectAccessible(hr);
  await dialog.getByRole('button', { name: 'Change 1 fact' }).click();
  await expect(dialog).toBeHidden();
  const row = hr.getByRole('row', { name: /Backend Engineer, part-time/ });
  await expect(row).toContainText('Upcoming');
  await expect(row).toContainText('Changed by HR');
});

test('nobody else can change org facts', async ({ browser }) => {
  const manager = await as(browser, 'manager', '/people');
  const { items } = await ok(manager, 'GET', '/people?q=noor');
  await goTo(manager, `/people/${items[0].id}`, items[0].name);
  await expect(manager.getByRole('button', { name: 'Change org facts' })).toHaveCount(0);
});

test('units lead to their people, and the directory is exported with its filters', async ({
  browser,
}) => {
  const page = await as(browser, 'engineer', '/people');
  await page.getByRole('link', { name: 'Units' }).click();
  await expect(page.getByText(/^[0-9]+ people/).first()).toBeVisible();
  await expectAccessible(page);
  const { items } = await ok(page, 'GET', '/units');
  const unit = items.find(({ direct }: { direct: number }) => direct > 0);
  await page.getByRole('link', { name: unit.name, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`unit=${unit.id}`));
  const wait = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  const file = await (await wait).createReadStream();
  const lines = (await file.toArray()).join('').trim().split(/\r?\n/);
  expect(lines).toHaveLength(unit.direct + 1);
});
