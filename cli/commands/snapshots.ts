import type { Command } from 'commander';

export function register(program: Command): void {
  program
    .command('snapshots')
    .description('compute every frozen month anew from its own inputs and compare each byte and each link')
    .option('--json', 'the result as JSON')
    .addHelpText('after', '\nExit code: 0 all agree, 2 one does not, 1 could not run.')
    .action(async ({ json }: { json?: boolean }) => {
      const { prepareEnvironment } = await import('../run/environment');
      const { openDatabase } = await import('../run/database');
      const { checkAllSnapshots } = await import('../checks/snapshots');
      const { closeDatabase } = await import('@/db/client');
      const { dataDir } = await prepareEnvironment();
      const database = await openDatabase(dataDir);
      try {
        const checked = await checkAllSnapshots();
        const ok = checked.every((one) => one.ok);
        if (json) console.log(JSON.stringify({ ok, checked }));
        else {
          for (const one of checked)
            console.log(`${one.ok ? 'ok  ' : 'BAD '} ${one.month} ${one.digest} ${one.organisation}`);
          console.log(`${checked.length} frozen months, ${checked.filter((one) => !one.ok).length} do not agree`);
        }
        process.exitCode = ok ? 0 : 2;
      } finally {
        await closeDatabase();
        await database.stop();
      }
    });
}
