import { parseArgs } from 'node:util';
import { EXIT, runVerify } from './run-verify';

/** Entry of the single file `heptad-verify.mjs`, which needs Node and nothing else. */
const HELP = `Usage: node heptad-verify.mjs PACK|DIR|URL [options]

Checks that the entries of a log are exactly those that were signed.

  PACK              a pack: a .tar file, or the folder it was unpacked into
  DIR               a folder with a log as C2SP tlog-tiles
  URL               an address that serves such a log

  --key KEY         verifier key of the log, or a file with one a line; may be repeated
  --policy FILE     who must have signed, as C2SP tlog-policy
  --known FILE      a checkpoint you kept: the log must have grown from it
  --json            the verdict as JSON
  --help            this text

HEPTAD_TOKEN is sent as bearer token to URL.
Exit code: 0 verified, 2 not verified (with the first bad position), 1 could not run.
`;

const { values, positionals, error } = readArguments();
const [target] = positionals;
if (values.help === true) {
  process.stdout.write(HELP);
} else if (error !== null || target === undefined || positionals.length > 1) {
  process.stderr.write(`heptad verify: ${error ?? 'name one pack, folder or address'}\n\n${HELP}`);
  process.exitCode = EXIT.couldNotRun;
} else {
  const { key = [], policy, known, json = false } = values;
  process.exitCode = await runVerify(target, { key, policy, known, json });
}

function readArguments() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = { key: { ...text, multiple: true }, policy: text, known: text, json: flag, help: flag } as const;
  try {
    return { ...parseArgs({ options, allowPositionals: true }), error: null };
  } catch (error) {
    return { values: {} as Record<string, never>, positionals: [], error: (error as Error).message };
  }
}
