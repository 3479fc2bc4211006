import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const resolve = { alias: { '@': root.replace(/\/$/, ''), 'server-only': `${root}test/empty.ts` } };

/**
 * Three projects: `unit` needs nothing, `db` starts one throw-away PostgreSQL for the whole run
 * (test/database.ts) and gives each worker its own copy of a migrated template, `dom` renders components.
 */
export default defineConfig({
  resolve,
  test: {
    passWithNoTests: false,
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['lib/{domain,translog,scanner,gateway,adapters}/**/*.test.ts', 'test/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: {
          name: 'db',
          include: [
            'lib/{kernel,auth,web,features}/**/*.test.ts',
            'db/**/*.test.ts',
            'cli/**/*.test.ts',
            'test/db/*.test.ts',
          ],
          globalSetup: ['test/database-server.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [react()],
        resolve,
        test: {
          name: 'dom',
          include: ['components/**/*.test.{ts,tsx}', 'app/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
