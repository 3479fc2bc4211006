import { sql } from 'drizzle-orm';
import { inTransaction } from '@/db/client';
import { report } from '@/db/schema/reports';
import type { Role } from '@/lib/domain/policy/roles';
import { freezeMonth } from '@/lib/features/snapshots/commands';
import { freezeEngagement } from '@/lib/features/snapshots/jobs';
import { workerActor } from '@/lib/kernel/actor';
import { execute } from '@/lib/kernel/execute';
import { newId } from '@/lib/kernel/ids';
import { organisationOf, runJob } from '@/lib/kernel/job';
import type { World } from '@/test/factories';
import type { MatrixCases } from './case';

export function thisMonth(): string {
  return new Date().toISOString().slice(0, 7);
}

/** A frozen month, made by the worker; for an auditor the one frozen for the engagement. */
export async function newSnapshot(world: Pick<World, 'organisationId'>, role?: Role): Promise<string> {
  if (role === 'auditor') return engagementSnapshot(world);
  const organisation = (await organisationOf(world.organisationId))!;
  const { id } = await execute(freezeMonth, workerActor(organisation, newId()), { month: thisMonth() });
  return id;
}

/** A report of a new month that somebody else than this role prepared. */
export async function newReport(world: World, role?: Role): Promise<{ id: string; snapshot: string }> {
  const id = newId();
  const snapshot = await newSnapshot(world);
  const preparedBy = role === 'compliance' ? world.people.ciso : world.people.compliance;
  await inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) =>
    db.insert(report).values({ orgId: world.organisationId, id, snapshotId: snapshot, preparedBy }),
  );
  return { id, snapshot };
}

async function engagementSnapshot({ organisationId }: Pick<World, 'organisationId'>): Promise<string> {
  const find = () =>
    inTransaction({ organisationId, access: 'read' }, ({ db }) =>
      db.execute<{ id: string; snapshot: string | null }>(
        sql`select id, snapshot_id as snapshot from engagement where org_id = ${organisationId} order by id limit 1`,
      ),
    );
  const engagement = (await find()).rows[0]!;
  if (!engagement.snapshot) await runJob(freezeEngagement, { organisationId, engagementId: engagement.id });
  return (await find()).rows[0]!.snapshot!;
}

/** Until a report is released it is read by those who make or release reports, and by the engagement's auditor. */
const drafts = { 'ai-officer': { status: 404, because: 'a draft is for those who make or release it' } } as const;

export const reportCases: MatrixCases = {
  listSnapshots: { prepare: async () => ({}), foreign: 'own-only' },
  freezeMonth: { prepare: async () => ({ month: thisMonth() }), foreign: 'own-only' },
  checkSnapshot: { prepare: async (world, role) => ({ id: await newSnapshot(world, role) }), foreign: 'not-found' },
  compareSnapshots: {
    prepare: async (world, role) => {
      const id = await newSnapshot(world, role);
      return { id, with: id };
    },
    foreign: 'not-found',
  },
  listReports: { prepare: async () => ({}), foreign: 'own-only' },
  readReport: {
    prepare: async (world, role) => ({ id: await newSnapshot(world, role), format: 'csv' }),
    foreign: 'not-found',
    narrowed: drafts,
  },
  prepareReport: { prepare: async (world) => ({ id: await newSnapshot(world) }), foreign: 'not-found' },
  releaseReport: {
    prepare: async (world, role) => ({ id: (await newReport(world, role)).id, version: 1 }),
    foreign: 'not-found',
  },
};
