import { expect, test } from '@playwright/test';
import { ok } from './api.ts';
import { as, expectAccessible } from './persona.ts';
import { demo } from './servers.ts';

test('the map leads to a level, its delta and one sentence', async ({ browser }) => {
  const page = await as(browser, 'engineer', '/ladders/backend-engineering?view=map');
  await expectAccessible(page);
  await page.getByRole('link', { name: /^IC5/ }).click();
  await expect(page.getByRole('heading', { name: 'Lead / Staff Backend Engineer' })).toBeVisible();
  await page.getByRole('switch', { name: 'Only what is new against IC4' }).click();
  await expect(page.locator('ins').first()).toBeVisible();
  await expect(page).toHaveURL(/delta=true/);
  await expectAccessible(page);
});

test('words find sentences, and a hit opens where it stands', async ({ browser }) => {
  const page = await as(browser, 'engineer', '/ladders/backend-engineering');
  await page.getByRole('textbox', { name: 'Search in this ladder' }).fill('message queues');
  await page.getByRole('link', { name: 'System design, IC4' }).first().click();
  await expect(page).toHaveURL(/levels\/IC4#sys-/);
});

test('a cell is edited, saved and taken back', async ({ browser }) => {
  const owner = await as(browser, 'owner', '/ladder-drafts');
  const { items } = await ok(owner, 'GET', '/ladder-drafts');
  if (items.length > 0) await owner.getByRole('link', { name: 'Open draft' }).first().click();
  else await owner.getByRole('button', { name: 'Begin a draft' }).first().click();
  const grid = owner.getByRole('grid', { name: 'By level' });
  await grid.getByRole('button').first().focus();
  await owner.keyboard.press('ArrowRight');
  await owner.keyboard.press('Enter');
  const editor = owner.getByRole('dialog', { name: 'System design, IC4' });
  await editor.getByRole('button', { name: 'Add a sentence' }).click();
  await editor.getByRole('textbox', { name: /text$/ }).last().fill('Names what it leaves out.');
  await expect(editor.getByTestId('autosave')).toHaveText(/Saved/);
  await expectAccessible(owner);
  await editor.getByRole('button', { name: 'Close' }).click();
  await expect(grid.getByText('Names what it leaves out.')).toBeVisible();
  await owner.getByRole('tab', { name: 'What changes' }).click();
  await expect(owner.getByText('The changes ask for version 2.4.0')).toBeVisible();
  await owner.getByRole('tab', { name: 'Grid' }).click();
  await expect(owner.getByRole('button', { name: 'Undo' })).toBeVisible();
  await owner.getByRole('button', { name: 'Give it up' }).click();
  await expect(owner.getByText('No draft is open')).toBeVisible();
});

test('a table becomes a ladder that a second person publishes and everybody reads', async ({
  browser,
}) => {
  const owner = await as(browser, 'owner', '/ladder-drafts');
  await owner.locator('input[type=file]').setInputFiles({
    name: 'Quality.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'Skill,L1,L2\nTesting,Writes tests for each change.,Teaches testing to others.\n',
    ),
  });
  const dialog = owner.getByRole('dialog', { name: /Quality.csv becomes a ladder/ });
  await expect(dialog.getByText('2 levels, 1 competency, 2 sentences.')).toBeVisible();
  await expectAccessible(owner);
  await dialog.getByRole('button', { name: 'Begin a draft' }).click();
  await owner.getByRole('button', { name: 'Ask for review' }).click();
  await expect(owner.getByText('In review')).toBeVisible();
  const { id } = (await ok(owner, 'GET', '/ladder-drafts')).items[0];

  const engineer = await as(browser, 'engineer', `/ladder-drafts/${id}?tab=comments`);
  await engineer.getByRole('textbox', { name: 'Your comment' }).fill('Say which tests.');
  await engineer.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(engineer.getByText('Say which tests.')).toBeVisible();

  const hr = await as(browser, 'hr', `/ladder-drafts/${id}`);
  await hr.getByRole('button', { name: 'Publish' }).click();
  const publish = hr.getByRole('dialog', { name: /Publish/ });
  await publish.getByLabel('In force from').fill(new Date().toISOString().slice(0, 10));
  await publish.getByRole('button', { name: 'Publish it' }).click();
  await expect(hr.getByRole('heading', { name: 'Quality' })).toBeVisible();

  await ok(owner, 'PATCH', '/ladders/quality', { body: { public: true } });
  const nobody = await browser.newPage();
  await nobody.goto(`${demo.url}/public/ladders/quality`);
  await expect(nobody.getByText('Teaches testing to others.').first()).toBeVisible();
  await ok(owner, 'PATCH', '/ladders/quality', {
    body: { public: false, retiredOn: '2020-01-01' },
  });
});
