import { defineConfig } from '@playwright/test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumLaunch } from './e2e/support/chromium';

const PORT = Number(process.env.E2E_PORT ?? 3290);
const dataDir = process.env.E2E_DATA_DIR ?? join(tmpdir(), `heptad-e2e-${process.ppid}`);
process.env.E2E_DATA_DIR = dataDir;

/** Real Chromium against the production build, started by the same command a newcomer types, with an empty data folder. */
export default defineConfig({
  testDir: 'e2e',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  reporter: process.env.E2E_JSON ? [['list'], ['json', { outputFile: process.env.E2E_JSON }]] : 'list',
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    launchOptions: chromiumLaunch(),
  },
  webServer: {
    command: process.env.E2E_PROCESSES === 'two' ? 'node e2e/support/two-processes.mjs' : 'node cli/heptad.mjs start',
    env: { PORT: String(PORT), DATA_DIR: dataDir, HEPTAD_DEMO: '1' },
    url: `http://127.0.0.1:${PORT}/api/health/ready`,
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    stdout: 'pipe',
    stderr: 'pipe',
  },
});
