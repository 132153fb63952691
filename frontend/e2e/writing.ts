import { expect, type Locator, type Page } from '@playwright/test';

/** Does something, and waits until a save with the text has reached the server. */
export async function saves(page: Page, text: string, act: () => Promise<unknown>) {
  const stored = page.waitForResponse(
    (answer) =>
      answer.request().method() === 'PUT' && (answer.request().postData() ?? '').includes(text),
  );
  await act();
  expect((await stored).status()).toBe(200);
  await expect(page.getByTestId('autosave')).toContainText('Saved');
}

/** Fills a field and leaves it, so that it is saved. */
export function write(field: Locator, text: string) {
  return saves(field.page(), text, async () => {
    await field.fill(text);
    await field.blur();
  });
}

/** Starts a step of a case and confirms it. */
export async function confirm(page: Page, step: string) {
  await page.getByRole('button', { name: step }).click();
  const dialog = page.getByRole('dialog', { name: step });
  await dialog.getByRole('button', { name: step }).click();
  await expect(dialog).toBeHidden();
}
