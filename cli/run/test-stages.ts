import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '@/db/project-root';
import { findChromium } from './chromium';
import { buildPages, pagesAreFresh } from './pages';

type Count = { passed: number; failed: number; skipped: number };
type Stage = { name: string; run: (scratch: string) => Promise<Count> };

const STAGES: readonly Stage[] = [
  { name: 'format', run: () => single('oxfmt', ['--check', '.']) },
  { name: 'lint', run: () => single('oxlint', []) },
  { name: 'types', run: () => single('tsc', ['--noEmit', '-p', '.']) },
  { name: 'unit', run: (scratch) => vitest('unit', scratch) },
  { name: 'db', run: (scratch) => vitest('db', scratch) },
  { name: 'pg', run: otherPostgres },
  { name: 'dom', run: (scratch) => vitest('dom', scratch) },
  { name: 'build', run: build },
  { name: 'e2e', run: (scratch) => playwright(scratch, 'one') },
  { name: 'two', run: (scratch) => playwright(scratch, 'two', JOURNEYS) },
  { name: 'crash', run: crash },
];

/** The four journeys and the sign-in, once more with two web processes that take turns. */
const JOURNEYS = ['sign-in', 'heatmap', 'evidence', 'audit', 'reports'] as const;

/** Runs the stages in order; a failed one does not hide the later ones. Answers the exit code. */
export async function runStages(only: readonly string[] | undefined): Promise<number> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'heptad-test-'));
  const total: Count = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  try {
    for (const { name, run } of STAGES.filter((stage) => !only || only.includes(stage.name))) {
      const since = Date.now();
      console.log(`\n── ${name} ──`);
      const count = await run(scratch).catch((error: Error): Count => {
        console.error(error.message);
        return asCount(false);
      });
      for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += count[key];
      lines.push(
        `${name.padEnd(7)} ${String(count.passed).padStart(6)} passed ${String(count.failed).padStart(4)} failed ${((Date.now() - since) / 1000).toFixed(0).padStart(5)} s`,
      );
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log(`\n${lines.join('\n')}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

async function single(tool: string, parameters: string[]): Promise<Count> {
  return asCount((await run(bin(tool), parameters)) === 0);
}

async function build(): Promise<Count> {
  if (pagesAreFresh()) return asCount(true);
  try {
    await buildPages();
    return asCount(true);
  } catch (error) {
    console.error((error as Error).message);
    return asCount(false);
  }
}

/** The same promises on the system's own PostgreSQL: what DATABASE_URL would name. Skipped, aloud, where there is none. */
async function otherPostgres(scratch: string): Promise<Count> {
  const folder = '/usr/lib/postgresql';
  const installed = existsSync(folder) ? readdirSync(folder).filter((major) => Number(major) >= 15) : [];
  if (installed.length === 0) {
    console.log('No PostgreSQL ≥ 15 is installed on this system: only the embedded one was tested.');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  console.log(`PostgreSQL ${installed.at(-1)} of this system`);
  return vitest('db', scratch, ['lib/kernel', 'test/db'], { HEPTAD_TEST_POSTGRES: 'system' });
}

async function vitest(
  project: string,
  scratch: string,
  only: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Count> {
  const report = path.join(scratch, `${project}-${only.length}.json`);
  const code = await run(
    bin('vitest'),
    ['run', ...only, '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
    env,
  );
  const counted = readCount(report, (json: VitestReport) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    skipped: json.numPendingTests + json.numTodoTests,
  }));
  return failedAtLeast(code, counted);
}

async function playwright(scratch: string, processes: 'one' | 'two', only: readonly string[] = []): Promise<Count> {
  const report = path.join(scratch, `e2e-${processes}.json`);
  const code = await run(bin('playwright'), ['test', ...only], {
    CHROMIUM_PATH: await findChromium(),
    E2E_JSON: report,
    E2E_DATA_DIR: path.join(scratch, `data-${processes}`),
    E2E_PROCESSES: processes,
  });
  const counted = readCount(report, ({ stats }: PlaywrightReport) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
  return failedAtLeast(code, counted);
}

/** Kills web and database while clients write; each goal of the benchmark is one test here. */
async function crash(): Promise<Count> {
  const { run: measure } = await import('@/bench/crash');
  const rows = await measure({ quick: true });
  for (const { name, value, unit, goal, met } of rows)
    console.log(`${met === false ? 'FAILED' : 'ok    '} ${name}: ${value} ${unit}${goal ? ` (goal ${goal})` : ''}`);
  const judged = rows.filter(({ met }) => met !== undefined);
  const passed = judged.filter(({ met }) => met).length;
  return { passed, failed: judged.length - passed, skipped: 0 };
}

type VitestReport = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number };
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

/** A runner that failed without naming a test (a crash, an unhandled error) still counts as one failure. */
function failedAtLeast(code: number, count: Count): Count {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function readCount<T>(file: string, read: (report: T) => Count): Count {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')) as T);
  } catch {
    return asCount(false);
  }
}

function asCount(ok: boolean): Count {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

function bin(tool: string): string {
  return path.join(projectRoot(), 'node_modules', '.bin', tool);
}

function run(file: string, parameters: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(file, parameters, {
      cwd: projectRoot(),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}
