import { readFileSync } from 'node:fs';
import { CommandFailure } from './failure';

/** Secrets that container platforms hand over as files. */
const SECRETS = ['DATABASE_URL', 'AUTH_SECRET', 'EVIDENCE_KEY', 'S3_SECRET_ACCESS_KEY', 'SMTP_URL'] as const;

/** Sets each secret from the file that `<NAME>_FILE` names, unless the variable itself is set. */
export function readSecretFiles(environment: NodeJS.ProcessEnv): void {
  for (const name of SECRETS) {
    const file = environment[`${name}_FILE`];
    if (file === undefined || file === '' || environment[name]) continue;
    try {
      environment[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      throw new CommandFailure(`${name}_FILE names ${file}, which cannot be read: ${(error as Error).message}`);
    }
  }
}
