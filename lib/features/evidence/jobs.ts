import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { abandonedFiles, discardDrafts, discardFile } from '@/lib/adapters/intake/receive';
import { execute } from '@/lib/kernel/execute';
import { defineJob } from '@/lib/kernel/job';
import { defineCommand } from '@/lib/kernel/operation';
import { forbidden } from '@/lib/kernel/errors';

/** A file younger than this may belong to an upload whose record is still being written. */
const SURELY_ABANDONED_MS = 24 * 3_600_000;

const Sweep = z.strictObject({});

const sweep = defineCommand({
  name: 'sweepEvidenceFiles',
  summary: 'Removes stored files without a record, and reports records without their file.',
  permission: 'report:make',
  input: Sweep,
  async run({ db, organisationId, actor, now, record }): Promise<void> {
    if (actor.kind !== 'worker') throw forbidden('right.worker');
    const { rows } = await db.execute<{ key: string }>(
      sql`select storage_key as key from evidence where org_id = ${organisationId} and storage_key is not null`,
    );
    const known = new Set(rows.map((row) => row.key));
    const { orphans, present } = await abandonedFiles(
      `evidence/${organisationId}/`,
      known,
      new Date(now.getTime() - SURELY_ABANDONED_MS),
    );
    for (const key of orphans) await discardFile(key);
    await discardDrafts(new Date(now.getTime() - SURELY_ABANDONED_MS));
    const missing = [...known].filter((key) => !present.has(key));
    if (orphans.length + missing.length === 0) return;
    record({
      verb: 'files.swept',
      object: { kind: 'evidence', id: null },
      detail: { removed: orphans.length, missing: missing.length },
    });
  },
});

export const sweepEvidenceFiles = defineJob({
  name: 'sweepEvidenceFiles',
  summary: 'Removes evidence files that no record points to, once a night.',
  input: Sweep,
  schedule: '17 2 * * *',
  run: (input, actor) => execute(sweep, actor, input),
});
