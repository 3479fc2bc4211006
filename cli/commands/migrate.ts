import type { Command } from 'commander';

export function register(program: Command): void {
  program
    .command('migrate')
    .description('bring the database and the catalogue to this release')
    .option('--json', 'the result as JSON')
    .addHelpText('after', '\nExit code: 0 done, 1 failed; a failed migration leaves nothing behind.')
    .action(async ({ json }: { json?: boolean }) => {
      const { prepareEnvironment } = await import('../run/environment');
      const { openDatabase, prepareDatabase } = await import('../run/database');
      const { dataDir } = await prepareEnvironment();
      const database = await openDatabase(dataDir);
      const lines: string[] = [];
      try {
        await prepareDatabase(database.url, (line) => void lines.push(line));
      } finally {
        await database.stop();
      }
      if (json) console.log(JSON.stringify({ ok: true, changes: lines }));
      else console.log(lines.length > 0 ? lines.join('\n') : 'Everything is up to date.');
    });
}
