import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Tests of one room are enough for its mutants, and load in a third of the time. */
const rooms = process.env['HEPTAD_MUTATION_TESTS'] ?? '{deadline,significance,rules}';

/** The tests of the clocks alone, without the Python oracle: mutants must fall to tests that run in milliseconds. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    include: [`lib/domain/${rooms}/*.test.ts`],
    exclude: ['lib/domain/deadline/deadline.oracle.test.ts'],
  },
});
