import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { demo, provider, rung } from './servers.ts';

const browsers = [process.env.RUNG_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'];

/** The journeys share one company, so they run one after the other. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: browsers.find((path) => path && existsSync(path)),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    },
  },
  webServer: [
    { command: demo.command, url: `${demo.url}/readyz`, reuseExistingServer: false },
    {
      command: provider.command,
      url: `${provider.url}/.well-known/openid-configuration`,
      reuseExistingServer: false,
    },
    { command: rung.command, url: `${rung.url}/readyz`, env: rung.env, reuseExistingServer: false },
  ],
});
