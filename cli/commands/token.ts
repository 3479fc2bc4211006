import type { Command } from 'commander';
import { CommandFailure } from '../failure';

export function register(program: Command): void {
  program
    .command('token')
    .description('make an API token in the name of a person who may')
    .argument('<name>', 'what the token is for')
    .requiredOption('--email <email>', 'the person who makes it (CISO or platform admin)')
    .option('--kind <kind>', 'scanner or agent', 'scanner')
    .option('--days <days>', 'how long it is valid', '90')
    .option('--json', 'the result as JSON')
    .addHelpText('after', '\nHEPTAD_PASSWORD holds that person’s password. Exit code: 0 made, 1 refused.')
    .action(
      async (
        name: string,
        { email, kind, days, json }: { email: string; kind: string; days: string; json?: boolean },
      ) => {
        const password = process.env.HEPTAD_PASSWORD;
        if (!password)
          throw new CommandFailure('Set HEPTAD_PASSWORD to the password of the person who makes the token.');
        const { prepareEnvironment } = await import('../run/environment');
        const { openDatabase } = await import('../run/database');
        const { signIn } = await import('@/lib/auth/sign-in');
        const { endSession } = await import('@/lib/auth/session');
        const { execute } = await import('@/lib/kernel/execute');
        const { createToken } = await import('@/lib/features/tokens/commands');
        const { closeDatabase } = await import('@/db/client');
        const { dataDir } = await prepareEnvironment();
        const database = await openDatabase(dataDir);
        try {
          const { actor, sessionId } = await signIn(
            { email, password },
            { network: 'command line', userAgent: 'heptad token' },
          );
          const made = await execute(createToken, actor, { name, kind: kind as 'scanner', validDays: Number(days) });
          await endSession(sessionId);
          console.log(
            json ? JSON.stringify(made) : `${made.token}\nIt is shown this once and valid until ${made.expiresAt}.`,
          );
        } finally {
          await closeDatabase();
          await database.stop();
        }
      },
    );
}
