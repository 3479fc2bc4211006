import { runMigrations } from 'graphile-worker';
import type { Client } from 'pg';

/**
 * The job queue's own tables, then the one door the app role has to it: a function, so that a job is written in the
 * transaction of the change that wants it and the app role needs no rights on the queue's tables.
 */
export async function run(client: Client, url: string): Promise<void> {
  await runMigrations({ connectionString: url });
  await client.query(ENQUEUE);
}

const ENQUEUE = `
  create or replace function heptad.enqueue_job(task text, payload json, job_key text default null, run_at timestamptz default null)
  returns void language sql security definer set search_path = heptad, graphile_worker, pg_temp as $$
    select graphile_worker.add_job(task, payload, run_at => run_at, job_key => job_key, max_attempts => 10);
  $$;
  revoke execute on function heptad.enqueue_job from public;
  grant execute on function heptad.enqueue_job to heptad_app;
`;
