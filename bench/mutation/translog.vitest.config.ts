import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The tests of the log without the exhaustive and random ones: mutants must fall to tests that run in milliseconds. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    include: ['lib/translog/**/*.test.ts'],
    exclude: [
      'lib/translog/tree/large-trees.test.ts',
      'lib/translog/pack/pack-damage.test.ts',
      'lib/translog/note/openssl.test.ts',
    ],
    testTimeout: 60_000,
    testNamePattern: /^(?!.*(for every size from 0 to 300|three tile levels|long pack|bit flip))/,
  },
});
