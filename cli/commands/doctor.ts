import type { Command } from 'commander';

export function register(program: Command): void {
  program
    .command('doctor')
    .description('check variables, secrets, database, storage, clock and catalogue')
    .option('--json', 'the findings as JSON')
    .addHelpText('after', '\nExit code: 0 all well, 1 something needs attention.')
    .action(async ({ json }: { json?: boolean }) => {
      const { examine } = await import('../checks/examine');
      const findings = await examine();
      const ok = findings.every((finding) => finding.ok);
      if (json) console.log(JSON.stringify({ ok, findings }));
      else
        for (const { name, ok: fine, detail } of findings)
          console.log(`${fine ? 'ok  ' : 'BAD '} ${name.padEnd(12)} ${detail}`);
      process.exitCode = ok ? 0 : 1;
    });
}
