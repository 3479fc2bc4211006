import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The tests of a folder, such as `values/`, or of several, such as `{compile/,decide}`, are enough for its mutants. */
const names = process.env['HEPTAD_MUTATION_TESTS'] ?? '**/';

const alias = [{ find: '@', replacement: root }];
/** Of Cedar itself, its answers are enough where its thread is not what is tested. */
const remembered = { find: /^\.\/worker-channel$/, replacement: `${root}/bench/mutation/remembered-channel.ts` };

/** The tests of the policy engine without the generated comparisons: mutants must fall to tests that name what broke. */
export default defineConfig({
  root,
  resolve: { alias: names === '**/' || names.includes('cedar/') ? alias : [...alias, remembered] },
  test: {
    include: [`lib/gateway/policy/${names}*.test.ts`],
    exclude: ['lib/gateway/policy/differential/**', 'lib/gateway/policy/explain/smallest-change.test.ts'],
    setupFiles: ['bench/mutation/policy.setup.ts'],
    testTimeout: 60_000,
  },
});
