import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The machine's own tests; recorded answers of CPython stand in for the interpreter, so that mutants fall fast. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    include: ['lib/scanner/pickle/{machine,memo,objects,recorded,value-stack}.test.ts'],
    testNamePattern: /^(?!.*(several windows|a million runs|more marks than|far ahead are kept))/,
    testTimeout: 60_000,
    bail: 1,
  },
});
