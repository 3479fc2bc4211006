import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Tests of one folder, such as `tree/`, are enough for its mutants, and load in a third of the time. */
const folders = process.env['HEPTAD_MUTATION_TESTS'] ?? '**/';

/** The tests of the log without the exhaustive and random ones: mutants must fall to tests that run in milliseconds. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    include: [`lib/translog/${folders}*.test.ts`],
    exclude: [
      'lib/translog/tree/large-trees.test.ts',
      'lib/translog/pack/pack-damage.test.ts',
      'lib/translog/note/openssl.test.ts',
    ],
    testTimeout: 60_000,
    testNamePattern: /^(?!.*(for every size from 0 to 300|three tile levels|long pack|bit flip|restored at any size))/,
  },
});
