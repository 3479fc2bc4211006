import type { Command } from 'commander';
import path from 'node:path';
import { CommandFailure } from '../failure';

export function register(program: Command): void {
  program
    .command('seed')
    .description('fill an empty database with the demonstration group')
    .addHelpText('after', '\nExit code: 0 done, 1 not empty or failed.')
    .action(async () => {
      const { prepareEnvironment } = await import('../run/environment');
      const { openDatabase, prepareDatabase } = await import('../run/database');
      const { seedWhenEmpty } = await import('../run/demonstration');
      const { closeDatabase } = await import('@/db/client');
      const { dataDir } = await prepareEnvironment();
      if (process.env.PUBLIC_URL) throw new CommandFailure('A demonstration is never made on a public address.');
      const database = await openDatabase(dataDir);
      try {
        await prepareDatabase(database.url, console.log);
        if (!(await seedWhenEmpty(dataDir, console.log)))
          throw new CommandFailure(
            'There is an organisation in this database already. The demonstration fills only an empty one.',
          );
        console.log(`Sign-ins: ${path.join(dataDir, 'demo-accounts.json')}`);
      } finally {
        await closeDatabase();
        await database.stop();
      }
    });
}
