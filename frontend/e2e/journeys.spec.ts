import { type Browser, expect, type Page, test } from '@playwright/test';
import { ask, ok, status } from './api.ts';
import { comparesBands, importsPeople, isToldEveryError } from './hr.ts';
import { as, goTo, newPage } from './persona.ts';
import { demo } from './servers.ts';
import { confirm, saves, write } from './writing.ts';

type Item = { competency: string; version: number; rating: number | null };

const secret = 'I keep the decision log that three teams read';

/** What one journey passes on to the next. */
const open = new Map<string, Page>();
let selfId = '';
let casePath = '';

async function pageOf(browser: Browser, who: string): Promise<Page> {
  const page = open.get(who) ?? (await as(browser, who));
  open.set(who, page);
  return page;
}

test.afterAll(async () => {
  for (const page of open.values()) await page.context().close();
});

test.describe
  .serial('one promotion, from the first rating to the new level', () => {
    test('an engineer compares levels and makes a self-assessment', async ({ browser }) => {
      const page = await newPage(browser);
      open.set('engineer', page);
      await page.goto(demo.url);
      await page.getByRole('link', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Noor Adeyinka' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
      await comparesLevels(page);
      await assessesHerself(page);
    });

    test('a manager assesses blind, compares and submits the packet', async ({ browser }) => {
      test.setTimeout(90_000);
      const engineer = await pageOf(browser, 'engineer');
      const manager = await pageOf(browser, 'manager');
      await assessesBlind(manager);
      await comparesBoth(manager);
      await writesPacket(engineer);
      await submitsPacket(manager);
      await staysFrozen(engineer);
    });

    test('a panel votes blind and the level changes', async ({ browser }) => {
      test.setTimeout(120_000);
      const engineer = await pageOf(browser, 'engineer');
      const manager = await pageOf(browser, 'manager');
      const hr = await pageOf(browser, 'hr');
      const chair = await pageOf(browser, 'chair');
      await seatsThePanel(hr);
      await opensTheVote(hr);
      await votesOnScreen(await pageOf(browser, 'panelist1'));
      for (const who of ['panelist2', 'panelist3'])
        await votes(await pageOf(browser, who), 'approve');
      await votes(chair, 'approve');
      for (const page of [hr, chair, manager, engineer]) await seesNoCount(page);
      await votes(await pageOf(browser, 'panelist4'), 'not_yet');
      await signsTheDecision(chair);
      await tellsHer(manager);
      await readsTheDecision(engineer);
    });

    test('HR imports people and compares bands', async ({ browser }) => {
      const hr = await pageOf(browser, 'hr');
      await isToldEveryError(hr);
      await importsPeople(hr);
      await comparesBands(hr);
      await goTo(await pageOf(browser, 'panelist1'), '/bands', 'Nothing here for you');
    });
  });

async function comparesLevels(page: Page) {
  const nav = page.getByRole('navigation', { name: 'Main', exact: true });
  await nav.getByRole('link', { name: 'Backend' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Backend/ })).toBeVisible();
  await nav.getByRole('link', { name: 'Home' }).click();
  await page.getByRole('link', { name: 'What changes' }).click();
  await expect(page).toHaveURL(/levels=IC4,IC5/);
  await page.goto(`${demo.url}/ladders/backend-engineering/compare?levels=IC4,IC5,M1`);
  const table = page.getByRole('table', { name: 'Levels compared' });
  await expect(table.getByRole('columnheader')).toHaveCount(4);
  const only = page.getByRole('switch', { name: 'Only what changes' });
  await only.press('Space');
  await expect(page).toHaveURL(/only=false/);
  await only.press('Space');
  await expect(page).toHaveURL(/only=true/);
  await expect(table.locator('ins').first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Try myself against IC5' })).toBeVisible();
}

async function assessesHerself(page: Page) {
  await page.goto(demo.url);
  await page.getByRole('link', { name: 'Continue' }).first().click();
  await expect(
    page.getByRole('heading', { level: 2, name: 'Written communication' }),
  ).toBeVisible();
  selfId = page.url().replace(/.*assessments\/([0-9a-f-]+).*/, '$1');
  await page.getByRole('radio', { name: /^Met/ }).click();
  const attach = page.getByRole('button', { name: /^Attach / }).first();
  const title = ((await attach.textContent()) ?? '').replace('Attach ', '').slice(0, 12);
  await saves(page, 'evidenceIds', () => attach.click());
  await expect(page.getByRole('button', { name: `Remove ${title}` })).toBeVisible();
  await write(page.getByRole('textbox', { name: 'Why' }), secret);

  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Why' })).toHaveValue(secret);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('radio', { name: /^Partly/ }).click();
  await write(page.getByRole('textbox', { name: 'Why' }), 'I write down the plan of the week.');
  await page.getByRole('button', { name: 'Review and submit' }).first().click();
  await page.getByRole('button', { name: /^Submit/ }).click();
  await expect(page.getByRole('button', { name: 'Take it back' })).toBeVisible();
}

/** Against the self-assessment: two steps apart in mentoring, one in technical direction. */
const ratings = [2, 2, 2, 2, 2, 1, 3, 2, 1];

async function assessesBlind(page: Page) {
  await goTo(page, '/team', 'Team');
  await page.getByRole('button', { name: 'Assess Noor Adeyinka' }).click();
  await expect(page).toHaveURL(/assessments\/[0-9a-f-]+/);
  for (const [index, name] of ['System design', 'Code quality and review'].entries()) {
    await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
    await page.keyboard.press(String(ratings[index]));
    await write(page.getByRole('textbox', { name: 'Why' }), `Seen in two projects, ${name}.`);
    await page.getByRole('button', { name: 'Next' }).click();
  }
  expect(await page.textContent('body')).not.toContain(secret);
  expect(await status(page, `/assessments/${selfId}`)).toBe(404);
  expect(await status(page, `/assessments/${selfId}/comparison`)).toBe(404);

  const own = `/assessments/${page.url().replace(/.*assessments\/([0-9a-f-]+).*/, '$1')}`;
  const { items }: { items: Item[] } = await ok(page, 'GET', own);
  for (const [index, { competency, version, rating }] of items.entries()) {
    const body = { rating: ratings[index], reason: 'Seen in two projects.', evidenceIds: [] };
    if (rating === null) await ok(page, 'PUT', `${own}/items/${competency}`, { version, body });
  }
  await page.goto(`${demo.url}${own}?c=review`);
  await page.getByRole('button', { name: /^Submit/ }).click();
  await page.getByRole('link', { name: 'Compare both' }).click();
}

async function comparesBoth(page: Page) {
  await expect(page.getByText('2 differ, largest difference first')).toBeVisible();
  const rows = page.getByRole('article');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText('Mentoring');
  await expect(rows.nth(0)).toContainText('2 steps apart');
  await expect(rows.nth(1)).toContainText('Technical direction');
  await page.getByRole('button', { name: /agree/ }).click();
  await expect(page.getByText(secret)).toBeVisible();
  await page.getByRole('link', { name: 'Start a promotion case' }).click();
  await expect(page.getByRole('radio', { name: /IC5 Lead/ })).toBeChecked();
  await page.getByRole('button', { name: 'Start a promotion case' }).click();
  await expect(page).toHaveURL(/\/cases\/[0-9a-f-]+/);
  casePath = new URL(page.url()).pathname;
}

const project = {
  Project: 'One queue for each team',
  'My role': 'Led, with two engineers of the platform team',
  Scope: '3 teams, 7 services',
  Outcome: 'Incidents from 11 to 3 in half a year',
  'Trade-off': 'No second store that nobody runs on call',
};

async function writesPacket(page: Page) {
  await goTo(page, casePath, /Noor Adeyinka, IC4/);
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await write(field('Summary'), 'For a year I have set the direction of our queues.');
  await page.getByRole('button', { name: 'Add a project' }).click();
  for (const [name, text] of Object.entries(project)) await write(field(name), text);
  await saves(page, '2026-01', async () => {
    await page.getByLabel('From').fill('2026-01');
    await page.getByLabel('From').blur();
  });
  await write(field('Gaps'), 'Planning: one quarter so far.');
  await confirm(page, 'Hand to Marta');
  await expect(page.getByRole('textbox')).toHaveCount(0);
}

async function submitsPacket(page: Page) {
  await goTo(page, casePath, /Noor Adeyinka, IC4/);
  await write(
    page.getByRole('textbox', { name: 'Manager statement' }),
    'Noor works at this level.',
  );
  await saves(page, '"for"', () =>
    page
      .getByRole('radiogroup', { name: 'Your recommendation' })
      .getByText('For promotion')
      .click(),
  );
  await confirm(page, 'Submit to the panel');
  await expect(page.getByRole('textbox')).toHaveCount(0);
}

async function staysFrozen(page: Page) {
  await goTo(page, casePath, /Noor Adeyinka, IC4/);
  await expect(page.getByRole('textbox')).toHaveCount(0);
  const { packetHash, sections } = await ok(page, 'GET', casePath);
  await expect(page.getByText(packetHash)).toBeVisible();
  const summary = sections.find((section: { key: string }) => section.key === 'summary');
  const late = await ask(page, 'PUT', `${casePath}/sections/summary`, {
    version: summary.version,
    body: { text: 'Too late.' },
  });
  expect(late.status()).toBe(409);
}

async function seatsThePanel(page: Page) {
  await goTo(page, `${casePath}/panel`, /^Panel: Noor/);
  const search = page.getByRole('searchbox', { name: 'Add a panelist' });
  await search.fill('Marta');
  const refused = page.getByRole('listitem').filter({ hasText: 'Marta Okonjo' });
  await expect(refused).toContainText('manages the candidate');
  await expect(refused).toContainText('Cannot sit');
  await expect(page.getByRole('button', { name: 'Add Marta Okonjo' })).toHaveCount(0);
  const panel = ['Ruth Oyelaran', 'Aiko Sandberg', 'Tomas Lindqvist', 'Priya Raman', 'Jonas Weber'];
  for (const name of panel) {
    await search.fill(name);
    await page.getByRole('button', { name: `Add ${name}` }).click();
  }
  await page.getByRole('button', { name: 'Make chair: Ruth Oyelaran' }).click();
  await page.getByRole('button', { name: 'Save the panel' }).click();
}

async function opensTheVote(page: Page) {
  await expect(page.getByText('Save a panel of 5 with a chair first')).toBeHidden();
  await page.getByRole('button', { name: 'Open the vote' }).click();
  await expect(page.getByLabel('Closes (your time)')).toBeHidden();
}

async function votesOnScreen(page: Page) {
  await goTo(page, '/panel', 'Cases to read');
  await goTo(page, `/panel${casePath.replace('/cases', '')}`, /Noor Adeyinka/);
  await expect(page.getByText(project.Outcome)).toBeVisible();
  await page.getByRole('radiogroup', { name: 'System design' }).getByRole('radio').first().focus();
  for (const mark of '222222122') await page.keyboard.press(mark);
  await page.keyboard.press('a');
  await page.getByRole('radiogroup', { name: 'How sure are you?' }).getByText('High').click();
  await write(
    page.getByRole('textbox', { name: 'Reasons for your vote' }),
    'Design and operations are there.',
  );
  await write(page.getByRole('textbox', { name: 'Why partly, Mentoring' }), 'One example only.');
  await page.getByRole('button', { name: 'Seal ballot' }).click();
  await expect(page.getByText(/^Sealed /)).toBeVisible();
}

async function votes(page: Page, vote: 'approve' | 'not_yet') {
  const { coverage } = await ok(page, 'GET', casePath);
  const { version } = await ok(page, 'GET', `${casePath}/ballot`);
  const of = (value: unknown) =>
    Object.fromEntries(coverage.map((row: { competency: string }) => [row.competency, value]));
  const mark = vote === 'approve' ? 2 : 1;
  const body = {
    marks: of(mark),
    reasons: of('Once.'),
    vote,
    confidence: 'high',
    reason: 'See the marks.',
    notes: '',
  };
  const ballot = await ok(page, 'PUT', `${casePath}/ballot`, { version, body });
  await ok(page, 'POST', `${casePath}/ballot/seal`, { version: ballot.version });
}

async function seesNoCount(page: Page) {
  for (const path of [casePath, `${casePath}/panel`, '/']) {
    await page.goto(demo.url + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    const text = (await page.textContent('main')) ?? '';
    expect(text).not.toMatch(/\d+ (approve|not yet|decline|valid|sealed|voted|of 5 )/i);
    expect(text).not.toContain('Result of the vote');
  }
  expect(await status(page, `${casePath}/tally`)).toBe(404);
  expect(await status(page, `${casePath}/decision`)).not.toBe(200);
}

async function signsTheDecision(page: Page) {
  await goTo(page, casePath, /Noor Adeyinka/);
  await page.getByRole('link', { name: 'Sign the decision' }).click();
  await expect(page.getByText('5 valid ballots')).toBeVisible();
  await expect(page.getByText('4 approve, 1 not yet, 0 decline')).toBeVisible();
  await page
    .getByRole('textbox', { name: 'Reasons' })
    .fill('Design and operations are at the level.');
  await page.getByLabel('In effect from').fill(new Date().toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Sign the decision' }).click();
  await expect(page.getByRole('link', { name: 'Read the decision' })).toBeVisible();
}

async function tellsHer(page: Page) {
  await goTo(page, casePath, /Noor Adeyinka/);
  await confirm(page, 'Tell Noor');
}

async function readsTheDecision(page: Page) {
  await goTo(page, casePath, /Noor Adeyinka/);
  await page.getByRole('link', { name: 'Read the decision' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The panel decided: approved');
  await expect(page.getByText('Design and operations are at the level.')).toBeVisible();
  await expect(page.getByText('Ruth Oyelaran')).toHaveCount(0);
  await goTo(page, '/', 'Home');
  await expect(page.getByRole('region', { name: 'Your level' })).toContainText('IC5 Lead');
}
