import type problems from '@/messages/en/problems.json';

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

type Problems = typeof problems;

/** A sentence for people, by its stable key in messages/<locale>/problems.json: the reader's language is chosen where it is shown. */
export type MessageKey = { [G in keyof Problems]: `${G}.${keyof Problems[G] & string}` }[keyof Problems];
export type MessageValues = Readonly<Record<string, string | number>>;
export type Message = MessageKey | { key: MessageKey; values: MessageValues };

/** A sentence with the values it speaks of. */
export const message = (key: MessageKey, values: MessageValues): Message => ({ key, values });

/** One thing wrong with the input: `path` names the field (`marks.documentation`), `message` says what to do. */
export type Issue = { path: string; message: Message };

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

/** `message` is the sentence's key, for logs and tests; `sentence` has its values too. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly sentence: Message;
  readonly issues: Issue[] | undefined;
  readonly reason: Reason | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** A more exact status of the same class (413, 415 are INVALID too). */
  readonly status: number | undefined;

  constructor(code: ErrorCode, sentence: Message, details: Details = {}) {
    super(typeof sentence === 'string' ? sentence : sentence.key, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.sentence = sentence;
    this.issues = details.issues;
    this.reason = details.reason;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.status = details.status;
  }
}

export const notFound = (what: keyof Problems['missing']) => new AppError('NOT_FOUND', `missing.${what}`);

export const invalid = (path: string, sentence: Message) =>
  new AppError('INVALID', sentence, { issues: [{ path, message: sentence }] });

export const conflict = (sentence: Message, reason: Reason = 'illegal-state') =>
  new AppError('CONFLICT', sentence, { reason });

/** Somebody else wrote first; the caller reads again and decides. */
export const stale = (what: keyof Problems['stale']) => conflict(`stale.${what}`, 'stale-version');

export const forbidden = (sentence: Message, reason?: Reason) =>
  new AppError('FORBIDDEN', sentence, reason ? { reason } : {});

/** The sentence of a schema's check, for `z.string().min(1, hint('evidence.title'))`: zod takes texts, we give it keys. */
export const hint = (key: MessageKey): string => key;
