import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { execute } from '@/lib/kernel/execute';
import { defineJob } from '@/lib/kernel/job';
import { defineCommand } from '@/lib/kernel/operation';
import { forbidden } from '@/lib/kernel/errors';

const Forget = z.strictObject({});

const forget = defineCommand({
  name: 'forgetExpired',
  summary: 'Removes ended sessions, answers kept for repeated requests, and delays of failed sign-ins that are over.',
  permission: 'account:own',
  input: Forget,
  async run({ db, organisationId, actor }): Promise<void> {
    if (actor.kind !== 'worker') throw forbidden('right.worker');
    await db.execute(
      sql`delete from session where org_id = ${organisationId} and expires_at < now() - interval '1 day'`,
    );
    await db.execute(
      sql`delete from idempotency where org_id = ${organisationId} and created_at < now() - interval '25 hours'`,
    );
    // Belongs to no organisation; whichever comes first does it for all.
    await db.execute(sql`delete from sign_in_throttle where failed_at < now() - interval '2 days'`);
  },
});

/** What has run out is of no use to anybody, and anyone on the network could otherwise make these tables grow for ever. */
export const forgetExpired = defineJob({
  name: 'forgetExpired',
  summary: 'Removes sessions, kept answers and sign-in delays that are over, once a night.',
  input: Forget,
  schedule: '41 2 * * *',
  run: (input, actor) => execute(forget, actor, input),
});
