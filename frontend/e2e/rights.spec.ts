import { expect, test } from '@playwright/test';
import { ask, ok } from './api.ts';
import { as, expectAccessible, goTo } from './persona.ts';

test('two people give a role, and one revokes it', async ({ browser }) => {
  const admin = await as(browser, 'admin', '/roles');
  await admin.getByRole('button', { name: 'Ask for a role' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Ask for a role' });
  await dialog.getByLabel('For whom').fill('Noor');
  await admin.getByRole('option').first().click();
  await dialog.getByLabel('Role').click();
  await admin.getByRole('option', { name: 'HR partner' }).click();
  await dialog.getByLabel('Countries').fill('DE');
  await admin.keyboard.press('Enter');
  await dialog.getByLabel('Why').fill('People partner for Germany');
  await expectAccessible(admin);
  await dialog.getByRole('button', { name: 'Ask for the role' }).click();
  await expect(dialog).toBeHidden();
  const request = admin.getByRole('row', { name: /People partner for Germany/ });
  await expect(request).toContainText('Waiting for a decision');
  await expect(request.getByRole('button', { name: 'Allow' })).toHaveCount(0);

  const hr = await as(browser, 'hr', '/roles');
  await hr
    .getByRole('row', { name: /People partner for Germany/ })
    .getByRole('button', { name: 'Allow' })
    .click();
  await expect(hr.getByRole('row', { name: /People partner for Germany/ })).toContainText(
    'In force',
  );
  await expect(hr.getByRole('row', { name: /HR partner Everybody in DE/ })).toBeVisible();
  await expectAccessible(hr);

  await admin.reload();
  await request.getByRole('button', { name: 'Revoke' }).click();
  await expect(request).toContainText('Ended');
});

test('an auditor verifies the trail, and it takes two people to see reads', async ({ browser }) => {
  const auditor = await as(browser, 'auditor', '/audit?tab=proof');
  await auditor.getByRole('button', { name: 'Check now' }).click();
  await expect(auditor.getByText(/events match what was sealed/)).toBeVisible();
  await expect(auditor.getByText('rung audit trail')).toBeVisible();
  await expectAccessible(auditor);

  await auditor.getByRole('tab', { name: 'Who read what' }).click();
  await auditor.getByLabel('Purpose').fill('A complaint about a packet');
  await auditor.getByLabel('First day').fill('2026-01-01');
  await auditor.getByLabel('Last day').fill('2030-12-31');
  await auditor.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(auditor.getByRole('row', { name: /A complaint about a packet/ })).toContainText(
    'Somebody else must decide',
  );
  const hr = await as(browser, 'hr', '/audit');
  await hr.getByRole('button', { name: 'Allow for a day' }).click();
  await expect(hr.getByRole('row', { name: /A complaint/ })).toContainText('Allowed');
  await auditor.reload();
  await auditor.getByRole('link', { name: 'Read it' }).click();
  await expect(auditor.getByText('You are reading within an allowed evaluation')).toBeVisible();
});

test('HR views Rung as a person, who can see that', async ({ browser }) => {
  const hr = await as(browser, 'hr', '/people?q=emre');
  const { items } = await ok(hr, 'GET', '/people?q=emre');
  await goTo(hr, `/people/${items[0].id}`, items[0].name);
  await hr.getByRole('button', { name: 'View as' }).click();
  await hr.getByRole('button', { name: /^View as \w/ }).click();
  await expect(hr.getByText(/You are viewing Rung as Emre/)).toBeVisible();
  await expectAccessible(hr);
  const refused = await ask(hr, 'POST', '/me/corrections', { body: { about: 'other', text: 'x' } });
  expect(refused.status()).toBe(403);
  await hr.getByRole('button', { name: 'Back to my own view' }).click();
  await expect(hr.getByText(/You are viewing Rung as/)).toHaveCount(0);
});

test('the page explains why a person may read exact pay', async ({ browser }) => {
  const hr = await as(browser, 'hr', '/explain');
  await expect(hr.getByText(/^Yes\./)).toBeVisible();
  await hr.getByRole('combobox', { name: 'of', exact: true }).fill('Emre');
  await hr.getByRole('option').first().click();
  await expect(hr.getByText('HR role, in scope').first()).toBeVisible();
  await expectAccessible(hr);
});

test('a person gets a copy of their record and a correction that HR answers', async ({
  browser,
}) => {
  const engineer = await as(browser, 'lead', '/me/record');
  await engineer.getByRole('button', { name: 'Make a copy' }).click();
  const link = engineer.getByRole('link', { name: 'Download it' });
  await expect(link).toBeVisible({ timeout: 20_000 });
  const [download] = await Promise.all([engineer.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toBe('my-record.zip');

  await engineer.getByRole('combobox', { name: 'What it is about' }).click();
  await engineer.getByRole('option', { name: /org facts/ }).click();
  await engineer.getByLabel('What is wrong, and what is right').fill('I work 80 %, not 100 %.');
  await engineer.getByRole('button', { name: 'Send to HR' }).click();
  await expect(engineer.getByText('Waiting for HR')).toBeVisible();
  await expectAccessible(engineer);

  const hr = await as(browser, 'hr', '/corrections');
  await hr.getByLabel('What was corrected, or why the record stays').fill('Corrected today.');
  await hr.getByRole('button', { name: 'It was corrected' }).click();
  await expect(hr.getByText('Corrected today.')).toBeVisible();
  await engineer.reload();
  await expect(engineer.getByText('Corrected today.')).toBeVisible();
});
