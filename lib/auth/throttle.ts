import { sql } from 'drizzle-orm';
import { inTransaction } from '@/db/client';
import { AppError, message } from '@/lib/kernel/errors';

/** Failures without a delay; from then on 1, 2, 4 … seconds, never more than half a minute and never a lock. */
const FREE_FAILURES = 3;
const LONGEST_SECONDS = 30;

/** More tries of one key than this at the same moment are not even queued. */
const MOST_WAITING = 20;

const queues = new Map<string, { last: Promise<unknown>; waiting: number }>();

/**
 * Runs one try of a password: refused while earlier failures of the same key ask for a delay, counted when it fails
 * (`null`), forgotten when it succeeds. Tries of one key run one after another, so that sending them all at once gains
 * nothing. Fails closed: when the database does not answer nobody signs in anyway.
 */
export function attempt<T>(key: string, work: () => Promise<T | null>): Promise<T | null> {
  return oneAfterAnother(key, async () => {
    await requireNoDelay(key);
    const result = await work();
    await (result === null ? countFailure(key) : forgetFailures(key));
    return result;
  });
}

async function oneAfterAnother<T>(key: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(key) ?? { last: Promise.resolve(), waiting: 0 };
  if (queue.waiting >= MOST_WAITING) throw new AppError('LIMITED', 'account.busy', { retryAfterSeconds: 2 });
  queues.set(key, queue);
  queue.waiting += 1;
  const mine = queue.last.then(work, work);
  queue.last = mine.catch(() => undefined);
  try {
    return await mine;
  } finally {
    queue.waiting -= 1;
    if (queue.waiting === 0) queues.delete(key);
  }
}

async function requireNoDelay(key: string): Promise<void> {
  const { rows } = await inTransaction({ organisationId: null, access: 'write' }, ({ db }) =>
    db.execute<{ seconds: number }>(sql`
      select ceil(extract(epoch from blocked_until - now()))::int as seconds from sign_in_throttle
      where key = ${key} and blocked_until > now()`),
  );
  const wait = rows[0]?.seconds;
  if (wait) {
    throw new AppError('LIMITED', message('account.wait', { seconds: wait }), { retryAfterSeconds: wait });
  }
}

/** Counts one failure in one atomic statement. A day without failures starts over. */
async function countFailure(key: string): Promise<void> {
  await inTransaction({ organisationId: null, access: 'write' }, ({ db }) =>
    db.execute(sql`
      insert into sign_in_throttle as t (key, failures, blocked_until) values (${key}, 1, now())
      on conflict (key) do update set
        failures = case when t.failed_at < now() - interval '1 day' then 1 else t.failures + 1 end,
        failed_at = now(),
        blocked_until = case when t.failures + 1 <= ${FREE_FAILURES} or t.failed_at < now() - interval '1 day' then now()
          else now() + make_interval(secs => least(${LONGEST_SECONDS}, power(2, least(t.failures - ${FREE_FAILURES}, 10)))) end`),
  );
}

/** A good sign-in forgets the failures of its key. */
async function forgetFailures(key: string): Promise<void> {
  await inTransaction({ organisationId: null, access: 'write' }, ({ db }) =>
    db.execute(sql`delete from sign_in_throttle where key = ${key}`),
  );
}
