import type { Command } from 'commander';

export function register(program: Command): void {
  program
    .command('test')
    .description('run every check and test: format, lint, types, unit, database, components, end to end')
    .option('--only <stages>', 'comma separated: format, lint, types, unit, db, pg, dom, build, e2e, two, crash')
    .addHelpText('after', '\nExit code: 0 everything passed, 1 something failed. The last line counts all tests.')
    .action(async ({ only }: { only?: string }) => {
      const { runStages } = await import('../run/test-stages');
      process.exitCode = await runStages(only?.split(','));
    });
}
