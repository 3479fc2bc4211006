import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The tests of the pickle machine; the recorded answers of CPython stand in for the interpreter, so that mutants fall fast. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: { include: ['lib/scanner/bypasses.test.ts', 'lib/scanner/pickle/{machine,recorded}.test.ts'] },
});
