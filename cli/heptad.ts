import { Command } from 'commander';
import { explain } from './explain';
import { CommandFailure } from './failure';
import { readSecretFiles } from './secret-files';

/** What every file in `commands/` exports; heavy parts are imported inside the action, so that help stays quick. */
export type CommandModule = { register(program: Command): void };

/** Runs the command named on the command line. */
export async function run(commands: Readonly<Record<string, () => Promise<CommandModule>>>): Promise<void> {
  const program = new Command('heptad')
    .description('Governance of cybersecurity and AI under NIS2, with proof')
    .showHelpAfterError('(see --help)');
  const wanted = commands[process.argv[2] ?? ''];
  const modules = wanted === undefined ? Object.values(commands) : [wanted];
  for (const load of modules) (await load()).register(program);
  try {
    readSecretFiles(process.env);
    await program.parseAsync();
  } catch (error) {
    console.error(process.env.HEPTAD_DEBUG === undefined ? await explain(error) : error);
    process.exitCode = error instanceof CommandFailure ? error.exitCode : 1;
  }
}
