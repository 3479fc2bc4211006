import { sql } from 'drizzle-orm';
import { evidence } from '@/db/schema/evidence';
import { type EvidenceAction, nextEvidenceState, type EvidenceState } from '@/lib/domain/evidence/life';
import { requireOtherPerson } from '@/lib/kernel/authorise';
import { conflict, forbidden, invalid, notFound, stale } from '@/lib/kernel/errors';
import { type CommandContext, defineCommand } from '@/lib/kernel/operation';
import { requireAssessments } from '../assessments/queries';
import { evidenceScope } from '../evidence/queries';
import { onlyAi } from './queries';
import { AcceptEvidence, DecideWithdrawal, ProposeWithdrawal, RejectEvidence } from './schema';

type Stored = {
  id: string;
  state: EvidenceState;
  version: number;
  type: string;
  strength: 'attestation' | 'document' | 'system' | 'independent';
  uploadedBy: string | null;
  collectedOn: string;
  revisesId: string | null;
  withdrawalProposedBy: string | null;
  isAi: boolean;
  assessments: string[];
};
type Changes = Partial<typeof evidence.$inferInsert>;
type Decided = { id: string; state: EvidenceState; version: number };

const order = ['attestation', 'document', 'system', 'independent'] as const;

export const acceptEvidence = defineCommand({
  name: 'acceptEvidence',
  summary: 'Accepts evidence that somebody else brought; from now on it counts.',
  permission: 'evidence:accept',
  input: AcceptEvidence,
  http: { method: 'POST', path: '/evidence/{id}/accept' },
  async run(context, { id, version, comment, strength }): Promise<Decided> {
    const before = await lockForDecision(context, id, version);
    if (strength && strength !== 'independent' && order.indexOf(strength) > order.indexOf(before.strength)) {
      throw invalid('strength', 'review.strength');
    }
    const decided = await decide(context, before, 'accept', {
      strength: strength ?? before.strength,
      reviewComment: comment ?? null,
    });
    if (before.revisesId) await supersede(context, before.revisesId, id);
    return decided;
  },
});

export const rejectEvidence = defineCommand({
  name: 'rejectEvidence',
  summary: 'Rejects evidence with a comment; the slot it filled is open again.',
  permission: 'evidence:accept',
  input: RejectEvidence,
  http: { method: 'POST', path: '/evidence/{id}/reject' },
  async run(context, { id, version, comment }): Promise<Decided> {
    const before = await lockForDecision(context, id, version);
    const decided = await decide(context, before, 'reject', { reviewComment: comment });
    await context.db.execute(sql`
      update evidence_slot set evidence_id = null, version = version + 1 where org_id = ${context.organisationId} and evidence_id = ${id}`);
    return decided;
  },
});

export const proposeWithdrawal = defineCommand({
  name: 'proposeWithdrawal',
  summary: 'Proposes to withdraw evidence; it is kept and hidden once a second person agrees.',
  permission: 'evidence:propose-withdrawal',
  input: ProposeWithdrawal,
  http: { method: 'POST', path: '/evidence/{id}/withdrawal' },
  async run(context, { id, version, reason }): Promise<Decided> {
    const before = await lock(context, id, version);
    if (context.authority.reach === 'assigned' && before.uploadedBy !== context.actor.id)
      await requireAssessments(context, before.assessments);
    if (before.state === 'withdrawn') throw conflict('review.withdrawn');
    if (before.withdrawalProposedBy) throw conflict('review.proposed');
    const changes = {
      withdrawalReason: reason,
      withdrawalProposedBy: context.actor.id,
      withdrawalProposedAt: context.now,
    };
    return store(context, before, before.state, changes, 'withdrawal.proposed');
  },
});

export const withdrawEvidence = defineCommand({
  name: 'withdrawEvidence',
  summary: 'Agrees, as the second person, to a proposed withdrawal. The evidence stays in the log and in snapshots.',
  permission: 'evidence:withdraw',
  input: DecideWithdrawal,
  http: { method: 'POST', path: '/evidence/{id}/withdraw' },
  async run(context, { id, version }): Promise<Decided> {
    const before = await lock(context, id, version);
    if (!before.withdrawalProposedBy || before.state === 'withdrawn') throw conflict('review.notProposed');
    requireOtherPerson(context.actor, context.authority, before.withdrawalProposedBy);
    return store(
      context,
      before,
      'withdrawn',
      { withdrawnBy: context.actor.id, withdrawnAt: context.now },
      'evidence.withdrawn',
    );
  },
});

export const keepEvidence = defineCommand({
  name: 'keepEvidence',
  summary: 'Turns a proposed withdrawal down; the evidence goes on counting.',
  permission: 'evidence:withdraw',
  input: DecideWithdrawal,
  http: { method: 'DELETE', path: '/evidence/{id}/withdrawal' },
  async run(context, { id, version }): Promise<Decided> {
    const before = await lock(context, id, version);
    if (!before.withdrawalProposedBy || before.state === 'withdrawn') throw conflict('review.notProposed');
    const changes = { withdrawalReason: null, withdrawalProposedBy: null, withdrawalProposedAt: null };
    return store(context, before, before.state, changes, 'withdrawal.refused');
  },
});

async function decide(
  context: CommandContext,
  before: Stored,
  action: EvidenceAction,
  changes: Changes,
): Promise<Decided> {
  requireOtherPerson(context.actor, context.authority, before.uploadedBy);
  const outcome = nextEvidenceState(before.state, action, {
    actorId: context.actor.id ?? 'worker',
    // A scanner's record has no person behind it, so any reviewer is another person.
    uploaderId: before.uploadedBy ?? 'nobody',
    reason: changes.reviewComment ?? undefined,
    collectedDay: dayOf(before.collectedOn),
    today: dayOf(new Date(context.now.getTime() + 86_400_000).toISOString().slice(0, 10)),
  });
  if (!outcome.ok) throw conflict(outcome.refusal === 'wrong-state' ? 'review.decided' : 'review.notPossible');
  const review = { reviewedBy: context.actor.kind === 'user' ? context.actor.id : null, reviewedAt: context.now };
  return store(context, before, outcome.state, { ...changes, ...review }, `evidence.${outcome.state}`);
}

/** The older revision stops counting in the same transaction in which the newer one begins to. */
async function supersede(context: CommandContext, olderId: string, newerId: string): Promise<void> {
  const older = await lock(context, olderId);
  if (older.state !== 'accepted') return;
  await store(context, older, 'superseded', {}, 'evidence.superseded', { by: newerId });
}

async function store(
  context: CommandContext,
  before: Stored,
  state: EvidenceState,
  changes: Changes,
  verb: `${string}.${string}`,
  detail: Record<string, unknown> = {},
): Promise<Decided> {
  if (state === 'requested') throw conflict('review.notRequest');
  const version = before.version + 1;
  await context.db
    .update(evidence)
    .set({ ...changes, state, version })
    .where(sql`org_id = ${context.organisationId} and id = ${before.id}`);
  context.record({
    verb,
    object: { kind: 'evidence', id: before.id },
    before: { state: before.state, strength: before.strength },
    after: { state, ...changes },
    detail: { type: before.type, assessments: before.assessments, ...detail },
  });
  return { id: before.id, state, version };
}

async function lockForDecision(context: CommandContext, id: string, version: number | undefined): Promise<Stored> {
  const row = await lock(context, id, version);
  if (context.authority.only === 'ai' && !row.isAi) throw forbidden('right.onlyAi');
  return row;
}

async function lock(context: CommandContext, id: string, version?: number): Promise<Stored> {
  const { rows } = await context.db.execute<Stored>(sql`
    select v.id, v.state, v.version, v.type, v.strength, v.uploaded_by as "uploadedBy", v.collected_on as "collectedOn", v.revises_id as "revisesId",
      v.withdrawal_proposed_by as "withdrawalProposedBy", ${onlyAi(true)} as "isAi",
      array(select l.assessment_id::text from evidence_link l where l.org_id = v.org_id and l.evidence_id = v.id) as assessments
    from evidence v where v.org_id = ${context.organisationId} and v.id = ${id} and ${evidenceScope(context)} for update of v`);
  const row = rows[0];
  if (!row) throw notFound('evidence');
  if (version !== undefined && row.version !== version) throw stale('evidence');
  return row;
}

function dayOf(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
}
