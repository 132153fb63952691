import { type Browser, expect, type Page, test } from '@playwright/test';
import { ok } from './api.ts';
import { as, expectAccessible } from './persona.ts';
import { demo } from './servers.ts';

type Resolve = (page: Page) => Promise<string>;

const firstCase =
  (state: string, rest = ''): Resolve =>
  async (page) => {
    const { items } = await ok(page, 'GET', `/cases?state=${state}`);
    return `/cases/${items[0].id}${rest}`;
  };

/** The self-assessment of the open cycle. Opening it again changes nothing. */
const ownAssessment: Resolve = async (page) => {
  const { id } = await ok(page, 'POST', '/assessments', { body: {} });
  return `/assessments/${id}?c=system-design`;
};

/** The open draft, or a new one. */
function ladderDraft(tab: string): Resolve {
  return async (page) => {
    const { items } = await ok(page, 'GET', '/ladder-drafts');
    const open = items.find((draft: { state: string }) => draft.state === 'draft');
    const { id } =
      open ?? (await ok(page, 'POST', '/ladder-drafts', { body: { slug: 'backend-engineering' } }));
    return `/ladder-drafts/${id}?tab=${tab}`;
  };
}

/** Every screen, with the persona who works on it. */
const screens: { name: string; who: string; path: string | Resolve }[] = [
  { name: 'home', who: 'engineer', path: '/' },
  { name: 'home of a manager', who: 'manager', path: '/' },
  { name: 'home of HR', who: 'hr', path: '/' },
  { name: 'ladders', who: 'engineer', path: '/ladders' },
  { name: 'ladder', who: 'engineer', path: '/ladders/backend-engineering' },
  { name: 'map of levels', who: 'engineer', path: '/ladders/backend-engineering?view=map' },
  { name: 'about a ladder', who: 'engineer', path: '/ladders/backend-engineering?view=about' },
  { name: 'search in a ladder', who: 'engineer', path: '/ladders/backend-engineering?q=queue' },
  { name: 'level', who: 'engineer', path: '/ladders/backend-engineering/levels/IC5' },
  {
    name: 'what is new at a level',
    who: 'engineer',
    path: '/ladders/backend-engineering/levels/IC5?delta=true',
  },
  { name: 'versions', who: 'engineer', path: '/ladders/backend-engineering/versions' },
  { name: 'ladder editor', who: 'owner', path: '/ladder-drafts' },
  { name: 'draft of a ladder', who: 'owner', path: ladderDraft('grid') },
  { name: 'outline of a draft', who: 'owner', path: ladderDraft('outline') },
  { name: 'file of a draft', who: 'owner', path: ladderDraft('file') },
  { name: 'what a draft changes', who: 'owner', path: ladderDraft('changes') },
  { name: 'comments on a draft', who: 'owner', path: ladderDraft('comments') },
  {
    name: 'compare levels',
    who: 'engineer',
    path: '/ladders/backend-engineering/compare?levels=IC4,IC5,M1&only=true&examples=true',
  },
  { name: 'my assessments', who: 'engineer', path: '/assessments' },
  { name: 'self-assessment', who: 'engineer', path: ownAssessment },
  { name: 'self-assessment, first day', who: 'lead', path: ownAssessment },
  { name: 'evidence', who: 'engineer', path: '/evidence' },
  { name: 'technologies', who: 'engineer', path: '/me/technologies' },
  { name: 'technologies, none yet', who: 'lead', path: '/me/technologies' },
  { name: 'my pay band', who: 'engineer', path: '/me/band' },
  { name: 'org chart', who: 'hr', path: '/org' },
  { name: 'units', who: 'engineer', path: '/units' },
  { name: 'roles', who: 'admin', path: '/roles' },
  { name: 'audit trail', who: 'auditor', path: '/audit' },
  { name: 'who read what', who: 'auditor', path: '/audit?tab=evaluations' },
  { name: 'proof of the trail', who: 'auditor', path: '/audit?tab=proof' },
  { name: 'access explained', who: 'hr', path: '/explain' },
  { name: 'who read my record', who: 'engineer', path: '/me/readers' },
  { name: 'copy and corrections', who: 'engineer', path: '/me/record' },
  { name: 'corrections', who: 'hr', path: '/corrections' },
  { name: 'sign-ins', who: 'engineer', path: '/sessions' },
  { name: 'nothing here', who: 'engineer', path: '/cases/00000000-0000-0000-0000-000000000000' },
  { name: 'promotion, empty', who: 'engineer', path: '/cases' },
  { name: 'team', who: 'manager', path: '/team' },
  {
    name: 'side by side',
    who: 'manager',
    path: async (page) =>
      `/comparisons/${(await ok(page, 'GET', '/team')).rows.find((r: { comparisonId: string | null }) => r.comparisonId).comparisonId}`,
  },
  { name: 'promotion case', who: 'manager', path: firstCase('manager_review') },
  { name: 'cases to read', who: 'panelist1', path: '/panel' },
  {
    name: 'ballot',
    who: 'panelist1',
    path: async (page) => `/panel/${(await ok(page, 'GET', '/panel/cases')).items[0].caseId}`,
  },
  { name: 'panel of a case', who: 'hr', path: firstCase('submitted', '/panel') },
  { name: 'count', who: 'chair', path: firstCase('voted', '/panel') },
  { name: 'decision', who: 'hr', path: firstCase('communicated', '/decision') },
  { name: 'all cases', who: 'hr', path: '/cases' },
  { name: 'people', who: 'hr', path: '/people' },
  {
    name: 'person',
    who: 'hr',
    path: async (page) => `/people/${(await ok(page, 'GET', '/people?q=noor')).items[0].id}`,
  },
  {
    name: 'what a case waits for',
    who: 'hr',
    path: async (page) => `/people/${(await ok(page, 'GET', '/people?q=noor')).items[0].id}/case`,
  },
  {
    name: 'start of a case',
    who: 'manager',
    path: async (page) => `/people/${(await ok(page, 'GET', '/people?q=grace')).items[0].id}/case`,
  },
  { name: 'company settings', who: 'hr', path: '/settings' },
  { name: 'imports', who: 'hr', path: '/imports?kind=people' },
  { name: 'bands', who: 'hr', path: '/bands' },
];

const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const looks = [
  { name: 'light', colorScheme: 'light' as const, size: wide },
  { name: 'dark', colorScheme: 'dark' as const, size: wide },
  { name: 'phone, dark', colorScheme: 'dark' as const, size: phone },
  { name: 'phone, light', colorScheme: 'light' as const, size: phone },
];

/** With RUNG_SHOTS=folder, every screen is also saved as a picture. */
const folder = process.env.RUNG_SHOTS;

/** One signed-in page for each persona, so that the real flow runs once. */
const pages = new Map<string, Page>();

async function pageOf(browser: Browser, who: string): Promise<Page> {
  const page = pages.get(who) ?? (await as(browser, who));
  pages.set(who, page);
  return page;
}

async function look(page: Page, { colorScheme, size }: (typeof looks)[number]) {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(size);
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
  await page.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
  );
}

test.afterAll(async () => {
  for (const page of pages.values()) await page.context().close();
});

for (const screen of screens) {
  test(`${screen.name} is accessible in both themes and on a phone`, async ({ browser }) => {
    const page = await pageOf(browser, screen.who);
    const path = typeof screen.path === 'string' ? screen.path : await screen.path(page);
    await page.goto(demo.url + path);
    const title = page.getByRole('heading', { level: 1 });
    await expect(title).toBeVisible();
    await page.waitForLoadState('networkidle');
    if (screen.name !== 'nothing here') await expect(title).not.toHaveText('Nothing here for you');
    for (const each of looks) {
      await look(page, each);
      await expectAccessible(page);
      const [width, height] = await page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return [scrollWidth, scrollHeight] as const;
      });
      expect(width, 'nothing sticks out sideways').toBeLessThanOrEqual(each.size.width);
      expect(height, 'panes scroll, not the window').toBeLessThanOrEqual(each.size.height);
      if (folder) await page.screenshot({ path: `${folder}/${screen.name}, ${each.name}.png` });
    }
  });
}
