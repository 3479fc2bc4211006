import { Command, InvalidArgumentError, Option } from 'commander';
import { OUTPUT_FORMATS } from '@/lib/scanner/output/format-names';
import { findRule, RULES } from '@/lib/scanner/rules';
import { SEVERITIES, type Severity } from '@/lib/scanner/severity';
import type { ScanOptions } from '../scan/run-scan';

const EXIT_USAGE = 4;

export function register(program: Command): void {
  program.addCommand(scanCommand());
}

/** `heptad scan PATHS…`, with `rules`, `explain RULE` and `policy show` below it: the same code as `dist/heptad-scan.mjs`. */
export function scanCommand(): Command {
  const scan = new Command('scan')
    .description('look for dangerous models, archives, notebooks and data before they are used')
    .argument('[paths...]', 'files and folders', ['.'])
    .addOption(new Option('--format <format>', 'what is printed').choices(OUTPUT_FORMATS).default('table'))
    .option('-o, --output <file>', 'also write a report; its name tells the format; may be repeated', append, [])
    .option('--fail-on <severity>', 'lowest severity that fails the scan', parseSeverity)
    .option('--jobs <n>', 'threads for large scans', parseCount)
    .option('--baseline <file>', 'an earlier JSON report; what it holds does not fail the scan')
    .option('--since <commit>', 'only files that changed since a commit')
    .option('--policy <file>', 'policy file; default .heptad-scan.json where it exists')
    .option('--max-file-ms <n>', 'longest time for one file in milliseconds, 60000 at most', parseMilliseconds)
    .addHelpText(
      'after',
      '\nExit code: 0 clean, 1 violation, 2 incomplete or internal error, 3 policy missing or wrong, 4 usage.',
    )
    .action(async (paths: string[], options: ScanOptions) => {
      const { runScan } = await import('../scan/run-scan');
      process.exitCode = await runScan(paths, options);
    });
  scan.addCommand(rulesCommand());
  scan.addCommand(explainCommand());
  scan.addCommand(policyCommand());
  for (const command of [scan, ...scan.commands])
    command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_USAGE));
  return scan;
}

function rulesCommand(): Command {
  return new Command('rules')
    .description('list every rule')
    .option('--json', 'as JSON')
    .action(({ json = false }: { json?: boolean }) => {
      if (json) console.log(JSON.stringify(RULES, null, 2));
      else for (const { id, severity, title } of RULES) console.log(`${id}  ${severity.padEnd(8)}  ${title}`);
    });
}

function explainCommand(): Command {
  return new Command('explain')
    .description('what a rule means and what to do')
    .argument('<rule>', 'for example PKL-001')
    .action((id: string) => {
      const rule = findRule(id);
      if (rule === undefined) {
        console.error(`There is no rule ${id}; see heptad scan rules.`);
        process.exitCode = EXIT_USAGE;
        return;
      }
      const references = [...rule.cwe, ...rule.atlas].join(', ');
      console.log(
        `${rule.id} ${rule.title} (${rule.severity})\n\n${rule.description}\n\nWhat to do: ${rule.remedy}\n\n${references}`.trimEnd(),
      );
    });
}

function policyCommand(): Command {
  return new Command('policy')
    .description('print the effective policy')
    .option('--policy <file>', 'policy file')
    .action(async ({ policy: file }: { policy?: string }) => {
      const { resolvePolicy } = await import('../scan/resolve-policy');
      try {
        console.log(JSON.stringify(await resolvePolicy({ root: process.cwd(), file }), null, 2));
      } catch (error) {
        console.error(`The policy cannot be used: ${error instanceof Error ? error.message : 'unknown'}`);
        process.exitCode = 3;
      }
    });
}

function append(file: string, files: string[]): string[] {
  return [...files, file];
}

function parseSeverity(text: string): Severity {
  const severity = SEVERITIES.find((one) => one === text.toUpperCase());
  if (severity === undefined) throw new InvalidArgumentError(`It is one of ${SEVERITIES.join(', ')}.`);
  return severity;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 256)
    throw new InvalidArgumentError('It is a whole number from 1 to 256.');
  return count;
}

function parseMilliseconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 60_000)
    throw new InvalidArgumentError('It is a whole number up to 60000.');
  return value;
}
