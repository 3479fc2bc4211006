import { hash, verify } from '@node-rs/argon2';
import { AppError, invalid, message } from '@/lib/kernel/errors';

/** OWASP's first line for argon2id; about 60 ms on one core. */
const COST = {
  algorithm: 2 /* argon2id; the library's enum does not survive isolated modules */,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const;

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

/** Two hashes at once, twenty waiting: more would only make everybody wait longer. */
const AT_ONCE = 2;
const QUEUE = 20;
let running = 0;
const waiting: (() => void)[] = [];

/** A real hash of an unknown password, so that an unknown account costs the same time as a wrong password. */
const DUMMY = hash('no account has this password', COST);

/** Hashes a password for storage. The text is normalised (NFKC) so that the same keys give the same password everywhere. */
export function hashPassword(password: string): Promise<string> {
  return limited(() => hash(password.normalize('NFKC'), COST));
}

/** Compares with a stored hash; null stands for "no such account" and is always false after the same work. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const against = stored ?? (await DUMMY);
  const same = await limited(() => verify(against, password.normalize('NFKC')));
  return same && stored !== null;
}

/** Throws INVALID when a new password is too short, too long or one of those everybody tries first. */
export function checkNewPassword(password: string, words: readonly string[]): void {
  const length = Array.from(password).length;
  if (length < PASSWORD_MIN) throw invalid('password', message('account.passwordShort', { minimum: PASSWORD_MIN }));
  if (length > PASSWORD_MAX) throw invalid('password', message('account.passwordLong', { maximum: PASSWORD_MAX }));
  const lower = password.toLowerCase();
  const obvious = [...words, 'password', 'passwort', '12345678', 'qwertz', 'qwerty', 'heptad', 'letmein', 'welcome'];
  const rest = obvious
    .filter((word) => word.length > 3)
    .reduce((text, word) => text.replaceAll(word.toLowerCase(), ''), lower);
  if (rest.length < 6 || new Set(lower).size < 5) throw invalid('password', 'account.passwordEasy');
}

async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= QUEUE) throw new AppError('LIMITED', 'account.busy', { retryAfterSeconds: 2 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}
