import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The tests of the policy engine without the generated comparisons: mutants must fall to tests that name what broke. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    include: ['lib/gateway/policy/**/*.test.ts'],
    exclude: ['lib/gateway/policy/differential/**'],
    testNamePattern: /^(?!.*(600 generated|a chain of 100,000|from a bundle|lets others run|brute force cannot beat))/,
    testTimeout: 60_000,
  },
});
