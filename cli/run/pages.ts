import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from '../boot/fingerprint.mjs';
import { CommandFailure } from '../failure';
import { projectRoot } from '@/db/project-root';

const SOURCES = [
  'app',
  'components',
  'lib',
  'db',
  'messages',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.mjs',
  'package-lock.json',
  'tsconfig.json',
];
const STAMP = 'heptad-sources';

/** Whether the built pages are those of the present sources. */
export function pagesAreFresh(): boolean {
  const stamp = path.join(outputFolder(), STAMP);
  if (process.env.HEPTAD_PREBUILT === '1') return true;
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digestOfSources();
}

/** Builds the pages; the output of the build is shown only when it fails. The signal ends the build. */
export async function buildPages(signal?: AbortSignal): Promise<void> {
  const digest = digestOfSources();
  const { code, output } = await collect(['build'], signal);
  if (code !== 0) throw new CommandFailure(`The pages could not be built:\n${output.slice(-4000)}`);
  writeFileSync(path.join(outputFolder(), STAMP), digest);
}

/** The command line of Next itself. */
export function nextCommand(): string {
  return path.join(projectRoot(), 'node_modules', 'next', 'dist', 'bin', 'next');
}

function collect(parameters: string[], signal?: AbortSignal): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [nextCommand(), ...parameters], {
      cwd: projectRoot(),
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

function digestOfSources(): string {
  return fingerprint(projectRoot(), SOURCES, (name) => !/\.test\.tsx?$|^db\/(seed|catalogue\/schema)\//.test(name));
}

function outputFolder(): string {
  return path.join(projectRoot(), process.env.NEXT_DIST_DIR ?? '.next');
}
