import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { CommandFailure } from '../failure';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * A Chromium to test with: CHROMIUM_PATH, Playwright's own, the system's, Debian's package when we may install it, the
 * one from the registry on Linux, and last a try to download Playwright's. Never none in silence.
 */
export async function findChromium(): Promise<string> {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new CommandFailure(`CHROMIUM_PATH names ${given}, which does not exist.`);
  }
  const { chromium } = await import('@playwright/test');
  const known = [chromium.executablePath(), ...USUAL].find((file) => file && existsSync(file));
  if (known) return known;
  if (installDebianPackage() && existsSync(USUAL[0]!)) return USUAL[0]!;
  const packaged = await fromRegistry();
  if (packaged) return packaged;
  spawnSync('npx', ['playwright', 'install', 'chromium'], { timeout: 120_000, stdio: 'ignore' });
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  throw new CommandFailure(
    'No Chromium was found for the end-to-end tests. Install one with either of:\n  npx playwright install chromium\n  apt-get install -y chromium',
  );
}

function installDebianPackage(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log('Installing Chromium for the end-to-end tests (apt-get) …');
  const run = (...parameters: string[]) =>
    spawnSync('apt-get', parameters, {
      stdio: 'ignore',
      timeout: 300_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  return run('update', '-qq') && run('install', '-y', '-qq', '--no-install-recommends', 'chromium');
}

async function fromRegistry(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    // Has to be set before the import: it makes the package unpack the libraries it brings.
    process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
    const { default: packaged } = await import('@sparticuz/chromium');
    return await packaged.executablePath();
  } catch {
    return undefined;
  }
}
