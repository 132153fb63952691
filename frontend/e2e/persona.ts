import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, expect, type Page } from '@playwright/test';
import { demo } from './servers.ts';

/** A page in its own browser that fails the test on a script error or a breach of the content policy. */
export async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    colorScheme: 'light',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      // biome-ignore lint/suspicious/noConsole: the listener below hears it
      console.error(`securitypolicyviolation ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  page.on('console', (message) => expect(message.text()).not.toContain('securitypolicyviolation'));
  page.on('pageerror', (error) => expect(String(error)).toBe(''));
  return page;
}

/** A browser in which a persona of the demo is signed in through the real flow and has opened a path. */
export async function as(browser: Browser, who: string, path = '/'): Promise<Page> {
  const page = await newPage(browser);
  await page.goto(
    `${demo.url}/auth/login?login_hint=${who}@demo.example&return_to=${encodeURIComponent(path)}`,
  );
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  return page;
}

/** Opens a path as a person who is already signed in. */
export async function goTo(page: Page, path: string, title: string | RegExp) {
  await page.goto(demo.url + path);
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Fails with all findings of axe on the current page. */
export async function expectAccessible(page: Page) {
  await page.waitForLoadState('networkidle');
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const findings = await page.evaluate(async () => {
    const axe = (
      window as unknown as {
        axe: {
          run(): Promise<{
            violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
          }>;
        };
      }
    ).axe;
    const result = await axe.run();
    return result.violations.flatMap((v) =>
      v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 200)} ${n.failureSummary ?? ''}`),
    );
  });
  expect(findings, page.url()).toEqual([]);
}
