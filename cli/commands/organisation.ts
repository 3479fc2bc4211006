import type { Command } from 'commander';
import { CommandFailure } from '../failure';

export function register(program: Command): void {
  program
    .command('organisation')
    .description('make an organisation with its first two people; everything else is done on the screen')
    .argument('<name>', 'name of the group or company')
    .requiredOption('--admin-email <email>', 'platform administrator: invites people, asks for roles')
    .requiredOption('--compliance-email <email>', 'compliance officer: the second person who grants roles')
    .option('--time-zone <zone>', 'IANA zone of the organisation', 'Europe/Brussels')
    .option('--json', 'the result as JSON')
    .addHelpText('after', '\nPrints the first passwords once. Exit code: 0 made, 1 refused; then nothing was made.')
    .action(
      async (
        name: string,
        options: { adminEmail: string; complianceEmail: string; timeZone: string; json?: boolean },
      ) => {
        const { prepareEnvironment } = await import('../run/environment');
        const { openDatabase, prepareDatabase } = await import('../run/database');
        const { makeOrganisation } = await import('../run/first-organisation');
        const { closeDatabase } = await import('@/db/client');
        const { dataDir } = await prepareEnvironment();
        if (options.adminEmail.toLowerCase() === options.complianceEmail.toLowerCase())
          throw new CommandFailure('Two different people are needed: nobody approves their own work.');
        const database = await openDatabase(dataDir);
        try {
          await prepareDatabase(database.url, () => {});
          const people = await makeOrganisation(name, options);
          if (options.json) console.log(JSON.stringify({ organisation: name, people }));
          else
            for (const { email, role, password } of people)
              console.log(`${role.padEnd(12)} ${email}  first password: ${password}`);
        } finally {
          await closeDatabase();
          await database.stop();
        }
      },
    );
}
