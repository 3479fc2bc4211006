import type { LaunchOptions } from '@playwright/test';

/** The browser that `heptad test` found (CHROMIUM_PATH), without the background traffic a test machine refuses anyway. */
export function chromiumLaunch(): LaunchOptions {
  const executablePath = process.env.CHROMIUM_PATH;
  return {
    ...(executablePath && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  };
}
