import { sql } from 'drizzle-orm';
import { inTransaction } from '@/db/client';
import { AppError, message } from '@/lib/kernel/errors';

/** Failures without a delay; from then on 1, 2, 4 … seconds, never more than half a minute and never a lock. */
const FREE_FAILURES = 3;
const LONGEST_SECONDS = 30;

/**
 * Refuses a sign-in that comes too soon after failures of the same account from the same network.
 * Fails closed: when the database does not answer nobody signs in anyway.
 */
export async function requireNoDelay(key: string): Promise<void> {
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
export async function countFailure(key: string): Promise<void> {
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
export async function forgetFailures(key: string): Promise<void> {
  await inTransaction({ organisationId: null, access: 'write' }, ({ db }) =>
    db.execute(sql`delete from sign_in_throttle where key = ${key}`),
  );
}
