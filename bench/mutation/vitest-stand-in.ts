import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  type ExpectStatic,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';

/** A test with what stands around it. */
export interface LoadedTest {
  /** Titles of its groups and its own. */
  readonly title: string;
  /** From the root of the project. */
  readonly file: string;
  readonly body: () => unknown;
  readonly suite: Suite;
}

export interface Suite {
  readonly path: string;
  readonly parent: Suite | null;
  readonly before: { readonly body: () => unknown; done?: Promise<void> }[];
  readonly afterEach: (() => unknown)[];
}

interface Registry {
  readonly tests: LoadedTest[];
  suite: Suite;
  file: string;
}

const root: Suite = { path: '', parent: null, before: [], afterEach: [] };

/** Shared by the copies of this module: the one in the bundle of the tests, and the one in the runner. */
export const registry: Registry = ((globalThis as { heptadTests?: Registry }).heptadTests ??= {
  tests: [],
  suite: root,
  file: '',
});

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export const expect = ((value: unknown, message?: string) => chai.expect(value, message)) as ExpectStatic;
Object.assign(expect, chai.expect, (globalThis as Record<symbol, object>)[ASYMMETRIC_MATCHERS_OBJECT]);
Object.assign(globalThis, { [GLOBAL_EXPECT]: expect });
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);

export function describe(title: string, body: () => void): void {
  const outer = registry.suite;
  registry.suite = { path: `${outer.path} ${title}`, parent: outer, before: [], afterEach: [] };
  body();
  registry.suite = outer;
}

/** Options, such as a time limit, may stand between title and body. */
export function test(title: string, ...rest: readonly [...unknown[], body: () => unknown]): void {
  const { suite, file, tests } = registry;
  const body = rest.at(-1) as () => unknown;
  tests.push({ title: `${suite.path} ${title}`.trim(), file, body, suite });
}

type Body = (...values: unknown[]) => unknown;

/** One for each row; when all rows are lists, they are the arguments. */
function each(register: (title: string, body: () => unknown) => void) {
  return (rows: readonly unknown[]) => (title: string, body: Body) => {
    const areLists = rows.every(Array.isArray);
    for (const [n, row] of rows.entries()) {
      register(`${title} #${n}`, () => (areLists ? body(...(row as unknown[])) : body(row)));
    }
  };
}

test.each = each(test);
describe.each = each(describe);
export const it = test;

export function beforeAll(body: () => unknown): void {
  registry.suite.before.push({ body });
}

export function afterEach(body: () => unknown): void {
  registry.suite.afterEach.push(body);
}

/** What tests leave behind ends with the process. */
export function afterAll(): void {}
