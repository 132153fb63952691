import { expect, test } from '@playwright/test';
import { ok } from './api.ts';
import { as, expectAccessible } from './persona.ts';
import { demo } from './servers.ts';
import { saves } from './writing.ts';

test('the map leads to a level, to what is new there, and to one sentence', async ({ browser }) => {
  const page = await as(browser, 'engineer', '/ladders/backend-engineering?view=map');
  await expectAccessible(page);
  await page.getByRole('link', { name: /^IC5/ }).click();
  await expect(page.getByRole('heading', { name: 'Lead / Staff Backend Engineer' })).toBeVisible();
  await page.getByRole('switch', { name: 'Only what is new compared with IC4' }).click();
  await expect(page.locator('ins').first()).toBeVisible();
  await expect(page).toHaveURL(/delta=true/);
  await expectAccessible(page);
});

test('a search finds texts of every kind, and a hit opens in its place', async ({ browser }) => {
  const page = await as(browser, 'engineer', '/ladders/backend-engineering');
  await page.getByRole('textbox', { name: 'Search in this ladder' }).fill('queue');
  await expect(page.getByText('not yet', { exact: true }).first()).toBeVisible();
  await expect(page.locator('mark').first()).toHaveText('queue');
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Search in this ladder' }).fill('message queues');
  await page.getByRole('link', { name: 'System design, IC4' }).first().click();
  await expect(page).toHaveURL(/levels\/IC4#sys-/);
});

test('a cell is edited, saved and undone', async ({ browser }) => {
  const owner = await as(browser, 'owner', '/ladder-drafts');
  const open = owner.getByRole('link', { name: 'Open draft' });
  const begin = owner.getByRole('button', { name: 'Start a draft' });
  await open.or(begin).first().click();
  const grid = owner.getByRole('grid', { name: 'By level' });
  await grid.getByRole('button').first().focus();
  await owner.keyboard.press('ArrowRight');
  await owner.keyboard.press('Enter');
  const editor = owner.getByRole('dialog', { name: 'System design, IC4' });
  const sentences = editor.getByRole('textbox', { name: /text$/ });
  const before = await sentences.count();
  await sentences.first().fill('Designs a service and writes it down.');
  await editor.getByRole('button', { name: 'Add a sentence' }).click();
  await expect(sentences).toHaveCount(before + 1);
  await sentences.last().fill('Names what it leaves out.');
  await expect(editor.getByTestId('autosave')).toHaveText(/Saved/);
  await expectAccessible(owner);
  await editor.getByRole('button', { name: 'Close' }).click();
  await expect(grid.getByText('Names what it leaves out.')).toBeVisible();
  await owner.getByRole('tab', { name: 'What changes' }).click();
  await expect(owner.getByText('The changes call for version 2.4.0')).toBeVisible();
  await owner.getByRole('tab', { name: 'Grid' }).click();
  await expect(owner.getByRole('button', { name: 'Undo' })).toBeVisible();
  await owner.getByRole('button', { name: 'Discard' }).click();
  await expect(begin.first()).toBeVisible();
});

test('levels and competencies are added, removed and restored without the file', async ({
  browser,
}) => {
  const owner = await as(browser, 'owner', '/ladder-drafts');
  await owner.getByRole('button', { name: 'New ladder' }).click();
  await owner.getByRole('textbox', { name: 'Name' }).fill('Data Science');
  await owner.getByRole('button', { name: 'Create', exact: true }).click();

  const levels = owner.getByRole('table', { name: /^Levels of/ });
  await owner.getByRole('button', { name: 'Add a level' }).click();
  const level = owner.getByRole('dialog', { name: 'A new level' });
  await level.getByRole('textbox', { name: 'Code' }).fill('IC3');
  await level.getByRole('button', { name: 'Add the level' }).click();
  await expect(level.getByRole('alert')).toContainText('IC3');
  await level.getByRole('textbox', { name: 'Code' }).fill('IC6');
  await level.getByRole('textbox', { name: 'Title', exact: true }).fill('Principal scientist');
  await expectAccessible(owner);
  await level.getByRole('button', { name: 'Add the level' }).click();
  await expect(levels.getByText('Principal scientist')).toBeVisible();

  await owner.getByRole('button', { name: 'Add a competency' }).click();
  const competency = owner.getByRole('dialog', { name: 'A new competency' });
  await competency.getByRole('textbox', { name: 'Name', exact: true }).fill('Experiments');
  await expectAccessible(owner);
  await competency.getByRole('button', { name: 'Add the competency' }).click();
  const competencies = owner.getByRole('table', { name: 'Competencies' });
  await expect(
    competencies.getByRole('button', { name: 'Experiments', exact: true }),
  ).toBeVisible();

  await owner.getByRole('button', { name: 'Remove IC4' }).click();
  await expect(levels.getByRole('button', { name: 'IC4', exact: true })).toHaveCount(0);
  await owner.getByRole('button', { name: 'Undo' }).click();
  await expect(levels.getByRole('button', { name: 'IC4', exact: true })).toBeVisible();
  await owner.getByRole('button', { name: 'Redo' }).click();
  await expect(levels.getByRole('button', { name: 'IC4', exact: true })).toHaveCount(0);

  await owner.getByRole('tab', { name: 'Grid' }).click();
  await owner.getByRole('grid').getByRole('button').first().click();
  const cell = owner.getByRole('dialog', { name: 'Delivery, IC3' });
  await cell.getByRole('textbox', { name: 'Your comment on this cell' }).fill('What is small?');
  await cell.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(cell.getByText('What is small?')).toBeVisible();
  await cell.getByRole('button', { name: 'Close' }).click();
  await expect(owner.getByRole('grid').getByText('1 comment')).toBeVisible();
  await owner.getByRole('button', { name: 'Discard' }).click();
  const drafts = owner.getByRole('table', { name: 'Open drafts' });
  await expect(drafts).toBeVisible();
  await expect(drafts.getByRole('link', { name: 'Data Science' })).toHaveCount(0);
});

test('a page becomes a ladder, and its table can be read instead', async ({ browser }) => {
  const owner = await as(browser, 'owner', '/ladder-drafts');
  await owner.locator('input[type=file]').setInputFiles({
    name: 'bakers.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from(
      '# Bakers\n\n| Level | Post |\n| --- | --- |\n| L1 | Baker |\n| L2 | Senior baker |\n\n' +
        '## L1 Baker\n\n- **Dough**: Kneads by hand.\n- **Oven**: Bakes one loaf.\n\n' +
        '## L2 Senior baker\n\n- **Dough**: Tends the sourdough.\n',
    ),
  });
  const dialog = owner.getByRole('dialog', { name: /bakers.md becomes a ladder/ });
  await expect(dialog.getByText('2 levels, 2 competencies, 3 sentences.')).toBeVisible();
  await expectAccessible(owner);
  await dialog.getByRole('checkbox', { name: /^Headings and lists/ }).uncheck();
  await dialog.getByRole('checkbox', { name: /^Table/ }).check();
  await dialog.getByRole('button', { name: 'Read it again' }).click();
  await expect(dialog.getByText('2 levels, 1 competency, 2 sentences.')).toBeVisible();
});

test('places, a rule and a translation are edited in forms and appear in the file', async ({
  browser,
}) => {
  const owner = await as(browser, 'owner', '/ladder-drafts');
  await owner.getByRole('button', { name: 'New ladder' }).click();
  await owner.getByRole('textbox', { name: 'Name' }).fill('Site Reliability');
  await owner.getByRole('button', { name: 'Create', exact: true }).click();

  await owner.getByRole('button', { name: 'Add a place inside a level' }).click();
  const place = owner.getByRole('dialog', { name: 'A new place inside a level' });
  await place.getByRole('textbox', { name: 'What people read' }).fill('Exceeding');
  await expectAccessible(owner);
  await place.getByRole('button', { name: 'Add it' }).click();
  const places = owner.getByRole('table', { name: 'Places inside a level' });
  await expect(places.getByRole('button', { name: 'Exceeding', exact: true })).toBeVisible();
  await owner.getByRole('button', { name: 'IC4', exact: true }).click();
  const level = owner.getByRole('dialog', { name: 'Level IC4' });
  await level.getByRole('checkbox', { name: 'Exceeding' }).check();
  await level.getByRole('button', { name: 'Save' }).click();
  await expect(level).toBeHidden();

  await owner.getByText('How are people rated, and what follows?').click();
  await owner.getByRole('button', { name: 'Change the rule' }).click();
  const rule = owner.getByRole('dialog', { name: 'How advice follows from ratings' });
  await rule.getByRole('combobox', { name: 'What is computed' }).click();
  await owner.getByRole('option', { name: /^Points/ }).click();
  await rule.getByRole('textbox', { name: /^IC3/ }).fill('5');
  await rule.getByRole('textbox', { name: /^IC4/ }).fill('2');
  await expect(rule.getByRole('region', { name: 'In words' })).toContainText('IC4 from 2.');
  await rule.getByRole('button', { name: 'Save the rule' }).click();
  await expect(rule.getByRole('textbox', { name: /^IC4/ })).toHaveAccessibleDescription(
    /does not rise/,
  );
  await rule.getByRole('textbox', { name: /^IC4/ }).fill('9');
  await expectAccessible(owner);
  await rule.getByRole('button', { name: 'Save the rule' }).click();
  await expect(rule).toBeHidden();
  await expect(owner.getByRole('button', { name: 'Change the rule' })).toBeFocused();
  await expect(owner.getByText('IC4 from 9.')).toBeVisible();

  await owner.getByRole('button', { name: 'Remove IC4' }).click();
  await owner.getByRole('button', { name: 'Fix it' }).click();
  await rule.getByRole('textbox', { name: /^IC4, which no longer exists/ }).fill('');
  await rule.getByRole('button', { name: 'Save the rule' }).click();
  await expect(rule).toBeHidden();
  await expect(owner.getByRole('button', { name: 'IC4', exact: true })).toHaveCount(0);
  await expect(owner.getByText('IC4 from 9.')).toHaveCount(0);
  await owner.getByRole('button', { name: 'Undo' }).click();
  await expect(owner.getByText('IC4 from 9.')).toBeVisible();

  await owner.getByText('In which other languages can it be read?').click();
  await owner.getByRole('combobox', { name: 'Language', exact: true }).click();
  await owner.getByRole('option', { name: 'German (de)' }).click();
  await owner.getByText('Missing only').click();
  const name = owner.getByRole('textbox', { name: 'Name: Site Reliability' });
  await name.fill('<b>Verlässlichkeit</b>');
  await name.blur();
  await expect(name).toHaveAccessibleDescription(/HTML/);
  await saves(owner, 'Verlässlicher Betrieb', async () => {
    await name.fill('Verlässlicher Betrieb');
    await name.blur();
  });
  await expectAccessible(owner);

  const file = owner.getByRole('textbox', { name: 'Ladder file' });
  await owner.getByRole('tab', { name: 'File' }).click();
  await expect(file).toHaveValue(/key: exceeding/);
  await expect(file).toHaveValue(/type: points/);
  await expect(file).toHaveValue(/Verlässlicher Betrieb/);
  await owner.getByRole('tab', { name: 'Levels and competencies' }).click();
  await owner.getByRole('button', { name: 'Undo' }).click();
  await expect(owner.getByText('Only in English (en)')).toBeVisible();
  await owner.getByRole('tab', { name: 'File' }).click();
  await expect(file).not.toHaveValue(/Verlässlicher Betrieb/);
  await expect(file).toHaveValue(/type: points/);
  await owner.getByRole('button', { name: 'Discard' }).click();
});

test('a table becomes a ladder that a second person publishes and everybody can read', async ({
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
  await dialog.getByRole('button', { name: 'Start a draft' }).click();
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
  await nobody.getByText('Map', { exact: true }).click();
  await expect(nobody).toHaveURL(/view=map/);
  await nobody.goto(`${demo.url}/public/ladders/quality?q=teaches`);
  await expect(nobody.locator('mark').first()).toHaveText('Teaches');
  await ok(owner, 'PATCH', '/ladders/quality', {
    body: { public: false, retiredOn: '2020-01-01' },
  });
});
