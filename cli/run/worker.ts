import { makeWorkerUtils, parseCronItems, run, type TaskList } from 'graphile-worker';
import { jobs } from '@/lib/features/registry';
import { allOrganisationIds, runJob } from '@/lib/kernel/job';
import { log } from '@/lib/kernel/log';
import { CommandFailure } from '../failure';

/** A job that is locked longer than this belongs to a worker that was killed: none of ours runs so long. */
const ABANDONED = '10 minutes';

/** Works until SIGTERM or SIGINT; jobs that run then are finished first. */
export async function runWorker(connectionString: string, concurrency: number): Promise<void> {
  const utils = await makeWorkerUtils({ connectionString });
  await freeAbandoned(utils);
  const tasks: TaskList = {};
  for (const job of jobs) {
    tasks[job.name] = async (payload) => {
      const startedAt = Date.now();
      await runJob(job, payload);
      log.info({ job: job.name, ms: Date.now() - startedAt }, 'job done');
    };
    // The clock knows no organisations: it fans out into one job for each.
    tasks[`${job.name}ForAll`] = async (_payload, helpers) => {
      for (const organisationId of await allOrganisationIds()) {
        await helpers.addJob(
          job.name,
          { organisationId },
          { jobKey: `${job.name}-${organisationId}`, maxAttempts: 10 },
        );
      }
    };
  }
  const parsedCronItems = parseCronItems(
    jobs.flatMap(({ name, schedule }) =>
      schedule ? [{ task: `${name}ForAll`, match: schedule, options: { backfillPeriod: 7 * 86_400_000 } }] : [],
    ),
  );
  const runner = await run({
    connectionString,
    concurrency,
    taskList: tasks,
    parsedCronItems,
    noHandleSignals: true,
    pollInterval: 2000,
  });
  log.info({ jobs: jobs.map(({ name }) => name) }, 'worker runs');
  const asked = new Promise<'asked'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('asked'));
  });
  const end = await Promise.race([asked, runner.promise]);
  // A runner that gave up by itself, for example without its database, is started afresh by whoever supervises us.
  if (end !== 'asked') throw new CommandFailure('The worker ended by itself.');
  await runner.stop();
  await utils.release();
}

async function freeAbandoned(utils: Awaited<ReturnType<typeof makeWorkerUtils>>): Promise<void> {
  const workers = await utils.withPgClient(async (client) => {
    const { rows } = await client.query<{ locked_by: string }>(
      `select distinct locked_by from graphile_worker.jobs where locked_at < now() - interval '${ABANDONED}'`,
    );
    return rows.map((row) => row.locked_by);
  });
  if (workers.length > 0) await utils.forceUnlockWorkers(workers);
}
