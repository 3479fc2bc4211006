import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from '@stryker-mutator/api/core';
import {
  determineHitLimitReached,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
} from '@stryker-mutator/api/test-runner';
import { build, type Plugin } from 'esbuild';
import * as fc from 'fast-check';
import { type Part, PARTS } from './parts';
import { type LoadedTest, registry, type Suite } from './vitest-stand-in';

/** Where the changed sources look up which change is on. */
const scope = globalThis as unknown as Record<string, InstrumenterContext>;

const TEST_MS = 60_000;

/**
 * Loads the tests of a part once and then switches the changes on and off under them, instead of starting Vitest for
 * each: a change takes milliseconds, not a second.
 */
class InProcessRunner implements TestRunner {
  readonly #context = (scope[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
  readonly #part: Part = PARTS[process.env['HEPTAD_MUTATION_PART'] ?? '']!;
  #tests: Map<string, LoadedTest> | null = null;
  /** The change acts while modules load, and the process ends with it. */
  #isStaticProcess = false;
  /** Changes tried in this process so far. */
  #tried = 0;
  /** A change has left something behind, such as a remembered value, that fails tests without it. */
  #isSpoiled = false;

  /** A change that acts while modules load needs a process of its own. */
  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun(): Promise<DryRunResult> {
    const results: TestResult[] = [];
    for (const [id, test] of await this.#load(undefined)) {
      await prepare(test.suite);
      this.#context.currentTestId = id;
      const started = performance.now();
      const failureMessage = await attempt(test);
      const timeSpentMs = performance.now() - started;
      this.#context.currentTestId = undefined;
      const shared = { id, name: id, timeSpentMs };
      results.push(
        failureMessage === null
          ? { ...shared, status: TestStatus.Success }
          : { ...shared, status: TestStatus.Failed, failureMessage },
      );
    }
    const { mutantCoverage } = this.#context;
    return { status: DryRunStatus.Complete, tests: results, ...(mutantCoverage && { mutantCoverage }) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { testFilter, activeMutant, mutantActivation, hitLimit } = options;
    // An error starts a new process and tries again there.
    if (this.#isSpoiled) throw new Error('an earlier change has left something behind');
    this.#tried += 1;
    const isStatic = mutantActivation === 'static';
    let tests: Map<string, LoadedTest>;
    try {
      tests = await this.#load(isStatic ? activeMutant.id : undefined);
    } catch (error) {
      if (!isStatic) throw error;
      return { status: MutantRunStatus.Killed, killedBy: [], failureMessage: String(error), nrOfTests: 0 };
    }
    const chosen = [...tests].filter(([id]) => testFilter === undefined || testFilter.includes(id));
    const near = nearestFirst(activeMutant.fileName);
    const sorted = chosen.toSorted(([, left], [, right]) => near(left) - near(right));
    Object.assign(this.#context, { hitCount: 0, hitLimit });
    try {
      return await this.#runUntilOneFails(activeMutant.id, hitLimit, sorted);
    } finally {
      Object.assign(this.#context, { activeMutant: undefined, hitLimit: undefined });
    }
  }

  async #runUntilOneFails(
    mutant: string,
    hitLimit: number | undefined,
    tests: readonly (readonly [string, LoadedTest])[],
  ): Promise<MutantRunResult> {
    for (const [n, [id, test]] of tests.entries()) {
      // What tests share is made from the code as it is.
      this.#context.activeMutant = undefined;
      await prepare(test.suite);
      this.#context.activeMutant = mutant;
      const failureMessage = await attempt(test);
      const limit = determineHitLimitReached(this.#context.hitCount, hitLimit);
      if (limit !== undefined) return { status: MutantRunStatus.Timeout, reason: limit.reason };
      if (failureMessage !== null) {
        await this.#checkUnspoiled(test);
        return { status: MutantRunStatus.Killed, killedBy: [id], failureMessage, nrOfTests: n + 1 };
      }
    }
    return { status: MutantRunStatus.Survived, nrOfTests: tests.length };
  }

  /** Whether the test passes again without the change: if not, an earlier one may have made it fail. */
  async #checkUnspoiled(test: LoadedTest): Promise<void> {
    if (this.#isStaticProcess) return;
    this.#context.activeMutant = undefined;
    this.#isSpoiled = (await attempt(test)) !== null;
    if (this.#isSpoiled && this.#tried > 1) throw new Error('an earlier change may have left something behind');
  }

  async #load(activeMutant: string | undefined): Promise<Map<string, LoadedTest>> {
    if (this.#tests !== null) return this.#tests;
    // Shrinking would look for the smallest failure, when any is enough.
    fc.configureGlobal({ endOnFailure: true });
    this.#isStaticProcess = activeMutant !== undefined;
    const bundle = await bundleTests(process.cwd(), this.#part);
    this.#context.activeMutant = activeMutant;
    await import(pathToFileURL(bundle).href);
    this.#context.activeMutant = undefined;
    const tests = new Map<string, LoadedTest>();
    for (const test of registry.tests) {
      const title = `${test.file} ${test.title}`;
      if (this.#part.without?.test(title)) continue;
      tests.set(tests.has(title) ? `${title} (${tests.size})` : title, test);
    }
    return (this.#tests = tests);
  }
}

/** Bundles the tests of a part with everything of ours they load; answers the file to import. */
async function bundleTests(root: string, { tests }: Part): Promise<string> {
  const files = tests.flatMap((path) => (path.endsWith('.ts') ? [path] : testsIn(root, path)));
  const outfile = join(root, `tests-${process.pid}.mjs`);
  await build({
    stdin: {
      contents: [
        `import { registry } from 'vitest';`,
        ...files.map((file) => `registry.file = ${JSON.stringify(file)};\nawait import('./${file}');`),
      ].join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    alias: { '@': root },
    packages: 'external',
    logLevel: 'error',
    plugins: [ourModules(root, tests)],
  });
  return outfile;
}

function testsIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`);
}

/** The stand-ins, and files beside the sources found where they were before bundling. */
function ourModules(root: string, tests: readonly string[]): Plugin {
  const bench = (name: string) => join(root, 'bench', 'mutation', name);
  const isRemembered = !tests.some((path) => path.endsWith('/cedar'));
  return {
    name: 'our-modules',
    setup(bundling) {
      bundling.onResolve({ filter: /^vitest$/ }, () => ({ path: bench('vitest-stand-in.ts') }));
      bundling.onResolve({ filter: /\/worker-channel$/ }, ({ importer }) =>
        isRemembered && !importer.startsWith(bench('')) ? { path: bench('remembered-channel.ts') } : undefined,
      );
      bundling.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        return {
          contents: source.replaceAll(/import\.meta\.url/g, JSON.stringify(pathToFileURL(path).href)),
          loader: 'ts',
        };
      });
    },
  };
}

async function prepare(suite: Suite): Promise<void> {
  if (suite.parent !== null) await prepare(suite.parent);
  for (const hook of suite.before) await (hook.done ??= Promise.resolve(hook.body()).then(() => undefined));
}

/** Null when the test passes. */
async function attempt({ body, suite }: LoadedTest): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`took over ${TEST_MS} ms`)), TEST_MS);
    });
    await Promise.race([(async () => body())(), late]);
    return null;
  } catch (error) {
    return String(error instanceof Error ? error.stack : error).slice(0, 2_000);
  } finally {
    clearTimeout(timer);
    await cleanUp(suite);
  }
}

async function cleanUp({ parent, afterEach }: Suite): Promise<void> {
  for (const hook of afterEach) await hook();
  if (parent !== null) await cleanUp(parent);
}

/** The quick tests of the changed file come first, generated comparisons last. */
function nearestFirst(mutated: string): (test: LoadedTest) => number {
  const own = mutated.replace(/\.ts$/, '.test.ts');
  return ({ body, file }) => {
    const source = String(body);
    const cost = source.includes('fc.assert') ? 2 : Number(source.includes('await'));
    return cost + (own.endsWith(file) ? 0 : 0.5);
  };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];
