import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Tests of one part, such as `{memo,recorded}`, are enough for its mutants, and load in a third of the time. */
const parts = process.env['HEPTAD_MUTATION_TESTS'] ?? '*';

/** The machine's own tests; recorded answers of CPython stand in for the interpreter, so that mutants fall fast. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    include: [`lib/scanner/pickle/${parts}.test.ts`],
    exclude: ['lib/scanner/pickle/differential.test.ts'],
    testNamePattern: /^(?!.*(several windows|more marks than|a million bytes))/,
    testTimeout: 60_000,
    bail: 1,
  },
});
