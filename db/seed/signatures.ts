import { sql } from 'drizzle-orm';
import type { Transaction } from '@/db/client';
import { report, reportReading } from '@/db/schema/reports';
import { newId } from '@/lib/kernel/ids';
import type { SeedEvent } from './seed-event';
import { randomFrom } from './random';
import type { Setting } from './setting';

const DAY_MS = 86_400_000;

/** What people did with the month that ended at `from`: one prepared its report, another released it, some read it. */
export async function signLastMonth({ db }: Transaction, setting: Setting, from: Date): Promise<SeedEvent[]> {
  const lastMonth = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() - 1, 1)).toISOString().slice(0, 10);
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from snapshot where org_id = ${setting.id} and scope = 'group' and month = ${lastMonth}::date limit 1`);
  const snapshotId = rows[0]?.id;
  if (!snapshotId) return [];
  const random = randomFrom(`report ${setting.plan.key} ${from.toISOString()}`);
  const after = (days: number) => new Date(from.getTime() + days * DAY_MS + random.between(8, 16) * 3_600_000);
  const [preparedAt, releasedAt] = [after(random.between(1, 3)), after(random.between(4, 6))];
  const preparedBy = setting.people.get('compliance')!;
  const releasedBy = setting.people.get('chair')!;
  const id = newId();
  await db
    .insert(report)
    .values({ orgId: setting.id, id, snapshotId, preparedBy, preparedAt, releasedBy, releasedAt, version: 2 });
  const readers = ['chair', 'cfo', 'coo', 'ciso'].filter(
    (key) => setting.people.has(key) && random.chance(key === 'chair' ? 1 : 0.75),
  );
  await db.insert(reportReading).values(
    readers.map((key) => ({
      orgId: setting.id,
      id: newId(),
      reportId: id,
      personId: setting.people.get(key)!,
      format: 'pdf',
      at: after(random.between(7, 12)),
    })),
  );
  return [
    {
      at: preparedAt,
      actor: preparedBy,
      verb: 'report.prepared',
      kind: 'report',
      id,
      detail: { snapshot: snapshotId },
    },
    {
      at: releasedAt,
      actor: releasedBy,
      verb: 'report.released',
      kind: 'report',
      id,
      detail: { snapshot: snapshotId },
    },
  ];
}
