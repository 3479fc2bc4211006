import { Command } from 'commander';

export function register(program: Command): void {
  program.addCommand(verifyCommand());
}

/** `heptad verify PACK|DIR|URL`: the same code as the single file `dist/heptad-verify.mjs`. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('check that the entries of a log are exactly those that were signed')
    .argument('<target>', 'a pack (.tar or folder), a folder of tiles, or an address that serves them')
    .option('--key <key>', 'verifier key of the log, or a file with one a line; may be repeated', append, [])
    .option('--policy <file>', 'who must have signed, as C2SP tlog-policy')
    .option('--known <file>', 'a checkpoint you kept: the log must have grown from it')
    .option('--json', 'the verdict as JSON')
    .addHelpText('after', '\nHEPTAD_TOKEN is sent as bearer token to an address.')
    .addHelpText('after', 'Exit code: 0 verified, 2 not verified (with the first bad position), 1 could not run.')
    .action(async (target: string, options: CommandOptions) => {
      const { runVerify } = await import('@/cli/verify/run-verify');
      const { key, policy, known, json = false } = options;
      process.exitCode = await runVerify(target, { key, policy, known, json });
    });
}

function append(key: string, keys: string[]): string[] {
  return [...keys, key];
}

interface CommandOptions {
  readonly key: string[];
  readonly policy?: string;
  readonly known?: string;
  readonly json?: boolean;
}
