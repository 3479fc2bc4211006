import { sql } from 'drizzle-orm';
import { localDate } from '@/lib/domain/deadline/instant';
import { dayNumber, lastSecondOf, monthOf, monthToClose } from '@/lib/domain/snapshot/month';
import { forbidden } from '@/lib/kernel/errors';
import { execute } from '@/lib/kernel/execute';
import { defineJob } from '@/lib/kernel/job';
import { defineCommand } from '@/lib/kernel/operation';
import { freezeAsOf } from './commands';
import { loadMonths } from './queries';
import { CloseMonth, FreezeEngagement } from './schema';

/** Closes the month that ends, as of now or – when history is replayed – as of an instant. Once per month. */
const closeMonthNow = defineCommand({
  name: 'closeMonth',
  summary: 'Freezes the month that ends today, or the last one if that was missed.',
  permission: 'report:make',
  input: CloseMonth,
  async run(context, { asOf }): Promise<void> {
    const { actor, db, organisationId, now } = context;
    if (actor.kind !== 'worker') throw forbidden('right.worker');
    const { timeZone } = actor.organisation;
    const instant = asOf ? new Date(asOf) : now;
    const month = monthToClose(dayNumber(localDate(instant.getTime(), timeZone)));
    if (month === null || (await beganAfter(context, month))) return;
    const months = await loadMonths(db, organisationId);
    if (months.some((one) => one.month === month && one.kind === 'month-end')) return;
    // Replayed history ends with its month. A real month that was missed says when it was frozen indeed.
    const end = asOf ? new Date(Math.min(instant.getTime(), lastSecondOf(month, timeZone))) : instant;
    await freezeAsOf(context, { month, asOf: end, kind: 'month-end' });
  },
});

/** Freezes what an auditor will read, when the engagement begins. */
const freezeEngagementNow = defineCommand({
  name: 'freezeEngagement',
  summary: 'Freezes the organisation for an audit engagement.',
  permission: 'report:make',
  input: FreezeEngagement,
  async run(context, { engagementId }): Promise<void> {
    const { actor, db, organisationId, now, record } = context;
    if (actor.kind !== 'worker') throw forbidden('right.worker');
    const { rows } = await db.execute(sql`
      select 1 from engagement where org_id = ${organisationId} and id = ${engagementId} and snapshot_id is null and ended_at is null for update`);
    // Ended meanwhile, or frozen by an earlier try of this job: nothing is left to do.
    if (rows.length === 0) return;
    const month = monthOf(dayNumber(localDate(now.getTime(), actor.organisation.timeZone)));
    const { id, digest } = await freezeAsOf(context, { month, asOf: now, kind: 'engagement' });
    await db.execute(
      sql`update engagement set snapshot_id = ${id}, version = version + 1 where org_id = ${organisationId} and id = ${engagementId}`,
    );
    record({
      verb: 'engagement.frozen',
      object: { kind: 'engagement', id: engagementId },
      detail: { snapshot: id, digest },
    });
  },
});

/**
 * Late in the evening of every possible last day of a month, and on the first as a second chance: the command decides
 * by the organisation's own calendar whether there is a month to close, and closes it once.
 */
export const closeMonth = defineJob({
  name: 'closeMonth',
  summary: 'Freezes every organisation at the end of its month.',
  input: CloseMonth,
  schedule: '50 21 1,28-31 * *',
  run: (input, actor) => execute(closeMonthNow, actor, input),
});

export const freezeEngagement = defineJob({
  name: 'freezeEngagement',
  summary: 'Freezes what an auditor reads at the start of an engagement.',
  input: FreezeEngagement,
  run: (input, actor) => execute(freezeEngagementNow, actor, input),
});

/** An organisation has no months from before it existed. */
async function beganAfter({ db, organisationId }: Parameters<typeof freezeAsOf>[0], month: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from organisation where id = ${organisationId} and created_at >= ${`${month}-01`}::date + interval '1 month'`);
  return rows.length > 0;
}
