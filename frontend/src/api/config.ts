export type Config = { company: string; nonce: string };

const unset: Config = { company: '', nonce: '' };

/** Reads what the server wrote into the page. The Vite dev server leaves the token as it is. */
export function readConfig(page: Document = document): Config {
  const text = page.getElementById('rung-config')?.textContent?.trim() ?? '';
  return text.startsWith('{') ? { ...unset, ...JSON.parse(text) } : unset;
}
