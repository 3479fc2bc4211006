import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogLevel, MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { bundledModule } from '@/cli/run/bundled-module';
import { projectRoot } from '@/db/project-root';
import { type Part, PARTS } from './mutation/parts';
import type { BenchRow, BenchSizes } from './row';

export interface BenchOptions {
  /** The smallest part only, to see that it runs. */
  readonly quick?: boolean;
  /** Names of parts; all of them if left out. */
  readonly parts?: readonly string[];
}

export const sizes: BenchSizes = {
  parts: { kind: 'names', of: Object.keys(PARTS), help: 'which parts' },
};

const GOAL = 80;
const FOUND = new Set(['Killed', 'Timeout']);
const MISSED = new Set(['Survived', 'NoCoverage']);

/**
 * Changes the code in thousands of small ways and counts how many the tests notice. Every change and the test that
 * noticed it is listed in `dist/mutation/<part>.json` (mutation-testing report schema).
 */
export async function* run({
  quick = false,
  parts = quick ? ['rules'] : Object.keys(PARTS),
}: BenchOptions = {}): AsyncGenerator<BenchRow> {
  const runner = await bundledModule('bench/mutation/in-process-runner.ts');
  for (const name of parts) yield rowOf(name, await mutate(name, PARTS[name]!, runner));
}

async function mutate(name: string, part: Part, runner: string): Promise<MutantResult[]> {
  process.env['HEPTAD_MUTATION_PART'] = name;
  const stryker = new Stryker({
    // The native TypeScript compiler has no API with which a configuration could be rewritten.
    tsconfigFile: 'none',
    testRunner: 'in-process',
    plugins: [runner],
    mutate: [...part.mutate.map((path) => (path.endsWith('.ts') ? path : `${path}/*.ts`)), '!**/*.test.ts'],
    ignorePatterns: ['**', '!lib/**', '!bench/**', '!db/catalogue/**', '!package.json'],
    coverageAnalysis: 'perTest',
    concurrency: availableParallelism(),
    timeoutMS: 10_000,
    tempDirName: join(tmpdir(), `heptad-mutation-${process.pid}`),
    reporters: ['json', ...(process.stdout.isTTY ? ['progress'] : [])],
    jsonReporter: { fileName: join(projectRoot(), 'dist', 'mutation', `${name}.json`) },
    logLevel: 'error' as LogLevel,
    thresholds: { high: 90, low: GOAL, break: null },
  });
  return stryker.runMutationTest();
}

function rowOf(name: string, results: readonly MutantResult[]): BenchRow {
  const found = results.filter(({ status }) => FOUND.has(status)).length;
  const all = found + results.filter(({ status }) => MISSED.has(status)).length;
  const score = (100 * found) / all;
  return {
    name: `${name}: changes noticed, ${found} of ${all}`,
    value: score,
    unit: '%',
    goal: `≥ ${GOAL}`,
    met: score >= GOAL,
  };
}
