import { Command, Option } from 'commander';
import { OUTPUT_FORMATS } from '@/lib/scanner/output/format-names';
import { findRule, RULES } from '@/lib/scanner/rules';
import { append } from './option-values';
import { EXIT_POLICY, EXIT_USAGE } from './exit-codes';
import type { VerifyModelOptions } from './verify-model';

/** The commands below `scan`; what they do is loaded when they run. */
export function subcommands(): Command[] {
  return [sbomCommand(), verifyModelCommand(), rulesCommand(), explainCommand(), policyCommand(), doctorCommand()];
}

function sbomCommand(): Command {
  return new Command('sbom')
    .description('print a bill of materials: CycloneDX 1.6 with the SHA-256 of every file')
    .argument('<paths...>', 'files and folders')
    .option('-o, --output <file>', 'write it to a file instead')
    .option('--policy <file>', 'policy file; default .heptad-scan.json where it exists')
    .addHelpText(
      'after',
      '\nExit code: 0 written, whatever the scan found; 2 something could not be read; 3 policy; 4 usage.',
    )
    .action(async (paths: string[], options: { output?: string; policy?: string }) => {
      const { printSbom } = await import('./run-scan');
      process.exitCode = await printSbom(paths, options);
    });
}

function verifyModelCommand(): Command {
  return new Command('verify-model')
    .description('check a model folder against its OpenSSF Model Signing 1.0 signature')
    .argument('<folder>', 'the signed folder')
    .requiredOption('--oms <file>', 'the signature bundle')
    .option('--public-key <file>', 'PEM of the key it must be signed with')
    .option('--certificate <file>', 'PEM of certificates it may lead to; may be repeated', append, [])
    .addOption(new Option('--format <format>', 'what is printed').choices(OUTPUT_FORMATS).default('table'))
    .addHelpText(
      'after',
      '\nGive a key or certificates. Exit code: 0 verified, 1 not, 2 internal error, 4 usage. Keyless identities (sigstore) are refused.',
    )
    .action(async (folder: string, options: VerifyModelOptions) => {
      const { verifyModel } = await import('./verify-model');
      process.exitCode = await verifyModel(folder, options);
    });
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
      const { PolicyError, resolvePolicy } = await import('./resolve-policy');
      try {
        console.log(JSON.stringify(await resolvePolicy({ root: process.cwd(), file }), null, 2));
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
        console.error(error.message);
        process.exitCode = EXIT_POLICY;
      }
    });
}

function doctorCommand(): Command {
  return new Command('doctor')
    .description('check what the scanner needs on this machine')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExit code: 0 all well, 1 something needs attention.')
    .action(async ({ json = false }: { json?: boolean }) => {
      const { examineScanner } = await import('./examine-scanner');
      const findings = await examineScanner(process.cwd());
      const ok = findings.every((finding) => finding.ok);
      if (json) console.log(JSON.stringify({ ok, findings }, null, 2));
      else
        for (const { name, ok: isFine, detail } of findings)
          console.log(`${isFine ? 'ok  ' : 'BAD '} ${name.padEnd(12)} ${detail}`);
      process.exitCode = ok ? 0 : 1;
    });
}
