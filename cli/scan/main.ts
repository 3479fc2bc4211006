import { scanCommand } from '../commands/scan';
import { EXIT_INTERNAL } from './exit-codes';
import { serveAsProcess } from './process-pool';

/** The entry of `dist/heptad-scan.mjs`: the scan command alone, without the rest of the product. */
async function main(): Promise<void> {
  const scan = scanCommand();
  // The bundle is called as `heptad-scan PATHS` or, to be interchangeable with the product, `heptad-scan scan PATHS`.
  const args = process.argv[2] === 'scan' ? process.argv.slice(3) : process.argv.slice(2);
  await scan.parseAsync(args, { from: 'user' });
}

if (!serveAsProcess()) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = EXIT_INTERNAL;
  });
}
