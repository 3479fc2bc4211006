import type { OnProgress } from '@/lib/translog/verify/verdict';
import { jsonError, jsonReport, textReport } from './report';
import { type VerifyOptions, verifyTarget } from './verify-target';

/** Exit codes of `heptad verify`. */
export const EXIT = { verified: 0, couldNotRun: 1, notVerified: 2 } as const;

/** Verifies and prints; resolves to the exit code. Reads the token for addresses from HEPTAD_TOKEN. */
export async function runVerify(target: string, options: VerifyOptions & { readonly json: boolean }): Promise<number> {
  const token = process.env['HEPTAD_TOKEN'] || undefined;
  try {
    const verdict = await verifyTarget(target, { ...options, token }, showProgress);
    clearProgress();
    process.stdout.write(options.json ? jsonReport(verdict) : textReport(verdict));
    return verdict.ok ? EXIT.verified : EXIT.notVerified;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (options.json) process.stdout.write(jsonError(message));
    process.stderr.write(`heptad verify: ${message}\n`);
    return EXIT.couldNotRun;
  }
}

const showProgress: OnProgress = (done, total) => {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r${Math.floor((done / total) * 100)} % of ${total} entries\u001b[K`);
};

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
