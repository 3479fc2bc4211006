import { sql } from 'drizzle-orm';
import { inTransaction, type Transaction } from '@/db/client';
import { assessmentChange } from '@/db/schema/assessments';
import { evidence, evidenceLink } from '@/db/schema/evidence';
import { newId } from '@/lib/kernel/ids';
import { collectProofs, type CollectedProof } from './collect';
import { finishPresent } from './present';
import { signLastMonth } from './signatures';
import { markAt, noteFor } from './marks';
import { type SeededAssessment, type Setting } from './setting';
import type { SeedEvent } from './seed-event';

type Marks = { documentation: number | null; implementation: number | null };

export type PlayOptions = {
  /** Freezes the group's month at an instant; the seed does not know how (lib/features/snapshots does). */
  freeze: (organisationId: string, asOf: Date) => Promise<void>;
  onProgress?: (line: string) => void;
};

/** Plays the months from the first to the present one; each ends with its freeze. */
export async function playYear(setting: Setting, { freeze, onProgress = () => {} }: PlayOptions): Promise<void> {
  const marks = new Map<string, Marks>();
  const proofs = collectProofs(setting);
  const first = setting.plan.months + 1;
  for (let monthsAgo = first; monthsAgo >= 0; monthsAgo -= 1) {
    const { from, to } = monthWindow(setting.now, monthsAgo);
    // The first month also brings everything older.
    const due = proofs.filter(({ collectedAt }) => collectedAt < to && (collectedAt >= from || monthsAgo === first));
    await inTransaction({ organisationId: setting.id, access: 'write' }, async (tx) => {
      const events = [
        ...(await moveMarks(tx, setting, marks, monthsAgo, from)),
        ...(await bringProofs(tx, setting, due)),
        // The newest month still waits for its signatures.
        ...(monthsAgo > 0 ? await signLastMonth(tx, setting, from) : []),
      ];
      await appendPast(tx, setting.id, events);
    });
    if (monthsAgo >= 1 && monthsAgo <= setting.plan.months) {
      onProgress(`${setting.plan.name}: ${from.toISOString().slice(0, 7)}`);
      await freeze(setting.id, to);
    }
  }
  await finishPresent(setting);
}

/** A calendar month in UTC; the present one ends now. */
export function monthWindow(now: Date, monthsAgo: number): { from: Date; to: Date } {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo, 1));
  const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo + 1, 1));
  return { from, to: to > now ? now : to };
}

async function moveMarks(
  { db }: Transaction,
  setting: Setting,
  marks: Map<string, Marks>,
  monthsAgo: number,
  from: Date,
): Promise<SeedEvent[]> {
  const changes = setting.assessments.flatMap((one) => {
    const before = marks.get(one.id) ?? { documentation: null, implementation: null };
    const after = markAt(one, monthsAgo, setting.plan.months + 1);
    if (!after || (after.documentation === before.documentation && after.implementation === before.implementation))
      return [];
    marks.set(one.id, after);
    return [
      { one, before, after, at: new Date(from.getTime() + dayInMonth(one) * 86_400_000), by: assessorOf(setting, one) },
    ];
  });
  if (changes.length === 0) return [];
  const rows = changes.map(({ one, after, at, by }) => ({
    id: one.id,
    ...after,
    note: noteFor(one, after),
    at: at.toISOString(),
    by,
  }));
  await db.execute(sql`
    update assessment a set documentation = x.documentation, implementation = x.implementation, note = x.note, assessed_at = x.at, assessed_by = x.by,
      version = version + 1, updated_at = x.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (id uuid, documentation int, implementation int, note text, at timestamptz, by uuid)
    where a.org_id = ${setting.id} and a.id = x.id`);
  const history = changes.map(({ one, before, after, at, by }) => ({
    orgId: setting.id,
    id: newId(),
    assessmentId: one.id,
    at,
    changedBy: by,
    before,
    after,
  }));
  for (let start = 0; start < history.length; start += 3000)
    await db.insert(assessmentChange).values(history.slice(start, start + 3000));
  return changes.map(({ one, at, by }) => ({
    at,
    actor: by,
    verb: 'assessment.changed',
    kind: 'assessment',
    id: one.id,
    detail: { control: one.controlId, fields: ['documentation', 'implementation'] },
  }));
}

async function bringProofs({ db }: Transaction, setting: Setting, due: CollectedProof[]): Promise<SeedEvent[]> {
  if (due.length === 0) return [];
  const stored = await storeFiles(due);
  await db.insert(evidence).values(
    due.map((proof, index) => ({
      orgId: setting.id,
      id: proof.id,
      title: proof.title,
      type: proof.type,
      kind: proof.kind,
      state: 'accepted' as const,
      strength: proof.strength,
      collectedOn: proof.collectedAt.toISOString().slice(0, 10),
      periodFrom: proof.periodFrom,
      periodTo: proof.periodTo,
      source: proof.source,
      url: proof.url,
      form: proof.form,
      ...stored[index],
      uploadedBy: proof.by,
      uploadedAt: proof.uploadedAt,
      reviewedBy: proof.reviewedBy,
      reviewedAt: proof.reviewedAt,
      reviewComment: proof.reviewComment,
      revisesId: proof.revises,
      version: 2,
    })),
  );
  const links = due.flatMap((proof) =>
    proof.assessments.map((assessmentId) => ({
      orgId: setting.id,
      evidenceId: proof.id,
      assessmentId,
      linkedBy: proof.by,
      linkedAt: proof.uploadedAt,
    })),
  );
  for (let start = 0; start < links.length; start += 5000)
    await db.insert(evidenceLink).values(links.slice(start, start + 5000));
  const older = due.flatMap((proof) => proof.revises ?? []);
  if (older.length > 0)
    await db.execute(
      sql`update evidence set state = 'superseded', version = version + 1 where org_id = ${setting.id} and id = any(${sql.param(older)}::uuid[]) and state = 'accepted'`,
    );
  return due.flatMap((proof) => [
    {
      at: proof.uploadedAt,
      actor: proof.by,
      verb: proof.revises ? 'evidence.revised' : 'evidence.submitted',
      kind: 'evidence',
      id: proof.id,
      detail: { type: proof.type, kind: proof.kind },
    },
    {
      at: proof.reviewedAt,
      actor: proof.reviewedBy,
      verb: 'evidence.accepted',
      kind: 'evidence',
      id: proof.id,
      detail: { type: proof.type },
    },
  ]);
}

/** Eight at a time: each store waits for the disk. */
async function storeFiles(due: CollectedProof[]) {
  const results: (Partial<typeof evidence.$inferInsert> | undefined)[] = Array.from({ length: due.length });
  let next = 0;
  const worker = async () => {
    while (next < due.length) {
      const index = next;
      next += 1;
      results[index] = await due[index]!.store();
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return results;
}

/** Events of the past carry the instant they tell of; their positions follow it. */
export async function appendPast({ db }: Transaction, organisationId: string, events: SeedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const lines = events
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((event) => ({
      id: newId(),
      at: event.at.toISOString(),
      actor: event.actor,
      verb: event.verb,
      kind: event.kind,
      object: event.id,
      detail: event.detail,
    }));
  await db.execute(sql`
    with moved as (update organisation set revision = revision + ${lines.length} where id = ${organisationId} returning revision)
    insert into event (org_id, position, id, at, actor_kind, actor_id, verb, object_kind, object_id, detail, request_id)
    select ${organisationId}, moved.revision - ${lines.length} + line.ordinality, line.id, line.at, case when line.actor is null then 'worker' else 'user' end, line.actor,
      line.verb, line.kind, line.object, line.detail, 'seed'
    from moved, rows from (jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as (id uuid, at timestamptz, actor uuid, verb text, kind text, object text, detail jsonb)) with ordinality as line`);
}

function assessorOf({ holders, people }: Setting, one: SeededAssessment): string {
  const byLayer: Record<string, string> = {
    L1: 'compliance',
    L2: 'ciso',
    L3: 'it_ops',
    L4: 'hr',
    L5: 'ciso',
    L6: 'procurement',
    L7: 'it_ops',
  };
  return holders.get(byLayer[one.layer] ?? 'compliance') ?? people.get('compliance')!;
}

function dayInMonth(one: SeededAssessment): number {
  return 2 + ((one.controlId.charCodeAt(4) * 7 + one.controlId.charCodeAt(5) * 3 + one.entity.key.length) % 20);
}
