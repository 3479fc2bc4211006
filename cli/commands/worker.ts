import type { Command } from 'commander';
import { CommandFailure } from '../failure';

export function register(program: Command): void {
  program
    .command('worker')
    .description('run the jobs: month-end snapshots, clean-up, everything that was put off')
    .option('--concurrency <jobs>', 'jobs at once', '4')
    .addHelpText('after', '\nNeeds DATABASE_URL. Exit code: 0 stopped in order, 1 could not run.')
    .action(async ({ concurrency }: { concurrency: string }) => {
      if (!process.env.DATABASE_URL)
        throw new CommandFailure('DATABASE_URL is not set. `heptad start` runs a worker with the embedded database.');
      const { runWorker } = await import('../run/worker');
      await runWorker(process.env.DATABASE_URL, Number(concurrency));
      process.exit(0);
    });
}
