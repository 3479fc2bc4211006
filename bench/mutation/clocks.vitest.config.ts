import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The tests of the clocks alone, without the Python oracle: mutants must fall to tests that run in milliseconds. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    include: ['lib/domain/{deadline,significance,rules}/*.test.ts'],
    exclude: ['lib/domain/deadline/deadline.oracle.test.ts'],
  },
});
