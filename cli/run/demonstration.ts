import { isEmptyDatabase, seedDemonstration } from '@/db/seed/index';
import { closeMonth, freezeEngagement } from '@/lib/features/snapshots/jobs';
import { runJob } from '@/lib/kernel/job';

/** Fills an empty database with the demonstration; true when it did. */
export async function seedWhenEmpty(dataDir: string, report: (line: string) => void): Promise<boolean> {
  if (!(await isEmptyDatabase())) return false;
  await seedDemonstration({
    dataDir,
    onProgress: report,
    freezeEngagement: (organisationId, engagementId) => runJob(freezeEngagement, { organisationId, engagementId }),
    freeze: (organisationId, asOf) => runJob(closeMonth, { organisationId, asOf: asOf.toISOString() }),
  });
  return true;
}
