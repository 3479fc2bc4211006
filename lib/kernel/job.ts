import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { inTransaction } from '@/db/client';
import { type Organisation, type WorkerActor, workerActor } from './actor';
import { parseInput } from './parse';
import { newId } from './ids';

/** Work for later: enqueued in a command's transaction or by the clock, retried with back-off, done as the worker. */
export type Job<I extends z.ZodType = z.ZodType> = {
  name: string;
  /** One sentence for the operator. */
  summary: string;
  input: I;
  /** Cron pattern in UTC; then the job runs once for every organisation, also after an outage (up to a week back). */
  schedule?: string;
  run(input: z.output<I>, actor: WorkerActor): Promise<void>;
};

/** Jobs call commands; they have no database handle of their own. */
export function defineJob<I extends z.ZodType>(job: Job<I>): Job<I> {
  return job;
}

/** Runs one job for one organisation with the payload that `enqueue` wrote. */
export async function runJob(job: Job, payload: unknown): Promise<void> {
  const { organisationId, ...input } = payload as { organisationId: string };
  const organisation = await organisationOf(organisationId);
  // An organisation that was removed since leaves nothing to do.
  if (organisation) await job.run(parseInput(job.input, input), workerActor(organisation, newId()));
}

/** Every organisation's id; only the worker and the CLI have business across organisations. */
export async function allOrganisationIds(): Promise<string[]> {
  const { rows } = await inTransaction({ organisationId: null, access: 'write' }, ({ db }) =>
    db.execute<{ id: string }>(sql`select organisation_ids() as id`),
  );
  return rows.map((row) => row.id);
}

export async function organisationOf(id: string): Promise<Organisation | null> {
  const { rows } = await inTransaction({ organisationId: id, access: 'read' }, ({ db }) =>
    db.execute<{ id: string; name: string; is_demo: boolean; time_zone: string }>(
      sql`select id, name, is_demo, time_zone from organisation where id = ${id}`,
    ),
  );
  const row = rows[0];
  return row ? { id: row.id, name: row.name, isDemo: row.is_demo, timeZone: row.time_zone } : null;
}
