import { Command, Option } from 'commander';
import { OUTPUT_FORMATS } from '@/lib/scanner/output/format-names';
import { ENGINE_VERSION } from '@/lib/scanner/version';
import { EXIT_USAGE } from '../scan/exit-codes';
import { append, parseSeverity, wholeNumber } from '../scan/option-values';
import type { ScanOptions } from '../scan/run-scan';
import { subcommands } from '../scan/subcommands';

export function register(program: Command): void {
  program.addCommand(scanCommand());
}

/** `heptad scan PATHS…` with the commands below it: the same code as `dist/heptad-scan.mjs`. */
export function scanCommand(): Command {
  const scan = new Command('scan')
    .version(ENGINE_VERSION)
    .description('look for dangerous models, archives, notebooks and data before they are used')
    // Without it, an option that both have would be taken from the command below.
    .enablePositionalOptions()
    .argument('[paths...]', 'files and folders', ['.'])
    .addOption(new Option('--format <format>', 'what is printed').choices(OUTPUT_FORMATS).default('table'))
    .option('-o, --output <file>', 'also write a report; its name tells the format; may be repeated', append, [])
    .option('--fail-on <severity>', 'lowest severity that fails the scan', parseSeverity)
    .option('--jobs <n>', 'processes for large scans', wholeNumber(1, 256))
    .option(
      '--max-mem <MiB>',
      'most memory for documents and objects; what needs more is told',
      wholeNumber(128, 65_536),
    )
    .option('--baseline <file>', 'an earlier JSON report; what it holds does not fail the scan')
    .option('--since <commit>', 'only files that changed since a commit')
    .option('--policy <file>', 'policy file; default .heptad-scan.json where it exists')
    .option('--max-file-ms <n>', 'longest time for one file in milliseconds, 60000 at most', wholeNumber(1, 60_000))
    .addHelpText(
      'after',
      '\nExit code: 0 clean, 1 violation, 2 incomplete or internal error, 3 policy missing or wrong, 4 usage.',
    )
    .action(async (paths: string[], options: ScanOptions) => {
      const { runScan } = await import('../scan/run-scan');
      process.exitCode = await runScan(paths, options);
    });
  for (const command of subcommands()) scan.addCommand(command);
  for (const command of [scan, ...scan.commands])
    command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_USAGE));
  return scan;
}
