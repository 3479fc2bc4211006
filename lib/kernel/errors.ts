/** Every error a caller may see. The list is closed; the HTTP status belongs to the code (lib/web/problem.ts). */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'INVALID'
  | 'CONFLICT'
  | 'LIMITED'
  | 'UNAVAILABLE'
  | 'BUG';

/** One thing wrong with the input: `path` names the field (`marks.documentation`), `message` says what to do. */
export type Issue = { path: string; message: string };

/** Machine-readable cause inside a code, so that a client can react without reading sentences. */
export type Reason =
  | 'step-up'
  | 'own-work'
  | 'stale-version'
  | 'illegal-state'
  | 'repeated-key'
  | 'last-of-role'
  | 'broken-json'
  | 'too-large'
  | 'unsupported-media'
  | 'method'
  | 'origin';

type Details = { issues?: Issue[]; reason?: Reason; retryAfterSeconds?: number; cause?: unknown; status?: number };

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly issues: Issue[] | undefined;
  readonly reason: Reason | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** A more exact status of the same class (413, 415 are INVALID too). */
  readonly status: number | undefined;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.issues = details.issues;
    this.reason = details.reason;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.status = details.status;
  }
}

export const notFound = (what: string) => new AppError('NOT_FOUND', `There is no such ${what}.`);

export const invalid = (path: string, message: string) =>
  new AppError('INVALID', message, { issues: [{ path, message }] });

export const conflict = (message: string, reason: Reason = 'illegal-state') =>
  new AppError('CONFLICT', message, { reason });

export const forbidden = (message: string, reason?: Reason) =>
  new AppError('FORBIDDEN', message, reason ? { reason } : {});
