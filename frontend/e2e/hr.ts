import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { ok } from './api.ts';
import { goTo } from './persona.ts';

const badBands = `level,location,currency,min,mid,max
IC44,Berlin,EUR,70000,80000,90000
IC4,Berlin,EURO,70000,80000,90000
IC5,Berlin,EUR,90000,80000,100000
IC6,Berlin,EUR,many,100000,120000
`;

/** Every line of the bad file with its wrong field. */
const wrong = [
  { line: /^2/, field: 'level' },
  { line: /^3/, field: 'currency' },
  { line: /^4/, field: 'm' },
  { line: /^5/, field: 'min' },
];

/** Checks a file of bands with an error in every line. */
export async function isToldEveryError(page: Page) {
  const before = await ok(page, 'GET', '/bands/comparison');
  await goTo(page, '/imports?kind=bands', 'Imports');
  await page.getByLabel('Pay bands file (CSV or Excel)').setInputFiles({
    name: 'bands.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(badBands),
  });
  await page.getByLabel('Name of the band set').fill('Live 2027');
  await page.getByLabel('In force from').fill(new Date().toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Check the file' }).click();
  const rows = page.getByRole('table', { name: /errors, nothing was changed/ }).locator('tbody tr');
  for (const { line, field } of wrong) {
    const row = rows.filter({ has: page.getByRole('rowheader', { name: line }) }).first();
    await expect(row.getByRole('cell').nth(0)).toContainText(field);
    await expect(row.getByRole('cell').nth(2)).not.toBeEmpty();
  }
  await expect(page.getByRole('button', { name: /^Apply/ })).toHaveCount(0);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download errors' }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('"2","1","level"');
  expect((await ok(page, 'GET', '/bands/comparison')).set).toEqual(before.set);
}

/** Encoded in Windows-1252, as a European spreadsheet saves it. */
const newPeople = Buffer.from(
  `employee_id;full_name;email;manager_email;unit;title;level;location;country;fte;hire_date
e2e-1;Jürgen Müller;juergen@demo.example;director@demo.example;Payments;Senior Backend Engineer;IC4;Berlin;DE;1;2026-01-01
e2e-2;Zoë Faßbinder;zoe@demo.example;juergen@demo.example;Payments;Backend Engineer;IC3;Berlin;DE;0,8;2026-02-01
`,
  'latin1',
);

/** Imports two people, then the same file again. */
export async function importsPeople(page: Page) {
  await goTo(page, '/imports?kind=people', 'Imports');
  const choose = () =>
    page
      .getByLabel('People file (CSV or Excel)')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: newPeople });
  const check = () => page.getByRole('button', { name: 'Check the file' }).click();
  await choose();
  await expect(page.getByLabel('full_name is')).toHaveValue('full_name');
  await check();
  await expect(page.getByText('2 lines: 2 added, 0 changed')).toBeVisible();
  await expect(page.getByText('Nothing has changed yet')).toBeVisible();
  expect((await ok(page, 'GET', '/people?q=juergen')).items).toEqual([]);
  await page.getByRole('button', { name: 'Import 2 changes' }).click();
  await expect(page.getByRole('heading', { name: 'Applied' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Applied' })).toBeVisible();
  await choose();
  await expect(page.getByText('As you chose last time')).toBeVisible();
  await check();
  await expect(page.getByText('The file changes nothing.')).toBeVisible();
  const apply = page.getByRole('button', { name: 'Import 0 changes' });
  await expect(apply).toHaveAttribute('aria-disabled', 'true');
  await goTo(page, '/people?q=Jürgen', 'People');
  await expect(page.getByRole('link', { name: 'Jürgen Müller' })).toBeVisible();
}

/** Filters the bands, reads how a figure is computed and exports the table. */
export async function comparesBands(page: Page) {
  await goTo(page, '/bands', /^Bands: /);
  await page.getByRole('combobox', { name: 'Location' }).click();
  await page.getByRole('option', { name: 'Berlin, EUR' }).click();
  await expect(page).toHaveURL(/location=Berlin/);
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Location' })).toHaveValue('Berlin, EUR');
  const bands = page.getByRole('table', { name: 'Bands by level' });
  const lead = bands
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: /^IC5/ }) });
  await expect(lead.getByTitle('15–25')).toHaveText(/^2\d/);
  await lead.hover();
  await page.getByRole('button', { name: 'How this is computed, IC5' }).click();
  await expect(
    page.getByRole('dialog', { name: 'How this is computed' }).locator('dd'),
  ).not.toHaveCount(0);
  await page.keyboard.press('Escape');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  const rows = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\n');
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter((row) => row.includes('Berlin'))).toHaveLength(rows.length - 1);
}
