import { sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { evidence, evidenceLink, evidenceSlot } from '@/db/schema/evidence';
import { conflict, forbidden, invalid, notFound, stale } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { type CommandContext, defineCommand } from '@/lib/kernel/operation';
import { requireAssessments } from '@/lib/features/assessments/queries';
import { evidenceScope } from './queries';
import { LinkEvidence, SubmitFile, SubmitForm, SubmitLink, UnlinkEvidence, UpdateEvidence } from './schema';

type Described = {
  title: string;
  type: string;
  collectedOn: string;
  periodFrom?: string;
  periodTo?: string;
  validUntil?: string;
  source?: string;
  note?: string;
  assessments: string[];
  request?: string;
  revises?: string;
};

export type Submitted = { id: string; sha256: string | null; size: number | null; state: 'submitted'; version: number };

export const submitFile = defineCommand({
  name: 'submitFile',
  summary: 'Uploads a file as evidence for any number of controls. A second person accepts it.',
  permission: 'evidence:upload',
  input: SubmitFile,
  http: { method: 'POST', path: '/evidence', status: 201, body: 'upload' },
  run: (context, { file, ...described }) => {
    const { storageKey, fileName, mediaType, size: sizeBytes, sha256 } = file;
    return submit(context, described, { kind: 'file', storageKey, fileName, mediaType, sizeBytes, sha256 });
  },
});

export const submitLink = defineCommand({
  name: 'submitLink',
  summary: 'Records a link to proof that is kept elsewhere.',
  permission: 'evidence:edit',
  input: SubmitLink,
  http: { method: 'POST', path: '/evidence/links', status: 201 },
  run: (context, { url, ...described }) => submit(context, described, { kind: 'link', url }),
});

export const submitForm = defineCommand({
  name: 'submitForm',
  summary: 'Records board minutes or a training proof as a structured form.',
  permission: 'evidence:edit',
  input: SubmitForm,
  http: { method: 'POST', path: '/evidence/forms', status: 201 },
  async run(context, { form, ...described }) {
    requirePast('form.meetingOn', form.kind === 'board_minutes' ? form.meetingOn : undefined, context.now);
    requirePast('form.heldOn', form.kind === 'training_record' ? form.heldOn : undefined, context.now);
    if (form.kind === 'training_record')
      await requirePeople(
        context,
        form.participants.map(({ personId }) => personId),
      );
    return submit(context, { ...described, type: form.kind }, { kind: 'form', form });
  },
});

export const updateEvidence = defineCommand({
  name: 'updateEvidence',
  summary: 'Corrects title, dates, source or note while nobody has decided on it yet.',
  permission: 'evidence:edit',
  input: UpdateEvidence,
  http: { method: 'PATCH', path: '/evidence/{id}' },
  async run(context, { id, version, ...changes }): Promise<{ id: string; version: number }> {
    const before = await lockOwn(context, id, version);
    if (before.state !== 'submitted') throw conflict('evidence.decided');
    requireDates({ ...before, ...changes }, context.now);
    await context.db
      .update(evidence)
      .set({ ...changes, version: version + 1 })
      .where(sql`org_id = ${context.organisationId} and id = ${id}`);
    context.record({
      verb: 'evidence.changed',
      object: { kind: 'evidence', id },
      before,
      after: changes,
      detail: { fields: Object.keys(changes) },
    });
    return { id, version: version + 1 };
  },
});

export const linkEvidence = defineCommand({
  name: 'linkEvidence',
  summary: 'Lets a piece of evidence prove more controls.',
  permission: 'evidence:edit',
  input: LinkEvidence,
  http: { method: 'POST', path: '/evidence/{id}/assessments' },
  async run(context, { id, assessments }): Promise<{ linked: number }> {
    const before = await lockVisible(context, id);
    if (before.state === 'withdrawn' || before.state === 'superseded') throw conflict('evidence.notCounting');
    if (before.state === 'accepted') throw conflict('evidence.acceptedAsIs');
    await requireAssessments(context, assessments);
    await link(context, id, assessments);
    context.record({ verb: 'evidence.linked', object: { kind: 'evidence', id }, detail: { assessments } });
    return { linked: assessments.length };
  },
});

export const unlinkEvidence = defineCommand({
  name: 'unlinkEvidence',
  summary: 'Stops a piece of evidence from proving one control.',
  permission: 'evidence:edit',
  input: UnlinkEvidence,
  http: { method: 'DELETE', path: '/evidence/{id}/assessments/{assessment}', status: 204 },
  async run(context, { id, assessment }): Promise<void> {
    await lockVisible(context, id);
    await requireAssessments(context, [assessment]);
    const { rowCount } = await context.db.execute(sql`
      delete from evidence_link where org_id = ${context.organisationId} and evidence_id = ${id} and assessment_id = ${assessment}`);
    if (!rowCount) throw notFound('link');
    context.record({ verb: 'evidence.unlinked', object: { kind: 'evidence', id }, detail: { assessment } });
  },
});

async function submit(
  context: CommandContext,
  described: Described,
  content: Partial<typeof evidence.$inferInsert>,
): Promise<Submitted> {
  const { db, organisationId, actor, authority } = context;
  const type = catalogue().evidenceTypeById.get(described.type);
  if (!type) throw invalid('type', 'evidence.type');
  if (authority.only === 'scan-reports' && type.id !== 'ci_scan_result') throw forbidden('right.scanReportsOnly');
  requireDates(described, context.now);
  const id = newId();
  const assessments = await targets(context, described);
  const { assessments: _all, request, revises, ...row } = described;
  await db.insert(evidence).values({
    ...row,
    ...content,
    orgId: organisationId,
    id,
    kind: content.kind ?? 'file',
    strength: type.strength,
    revisesId: revises ?? null,
    uploadedBy: actor.kind === 'user' ? actor.id : null,
  });
  await link(context, id, assessments);
  if (request) await fillSlot(context, request, id);
  context.record({
    verb: revises ? 'evidence.revised' : 'evidence.submitted',
    object: { kind: 'evidence', id },
    after: { ...row, sha256: content.sha256 },
    detail: {
      type: type.id,
      kind: content.kind,
      sha256: content.sha256 ?? null,
      size: content.sizeBytes ?? null,
      assessments,
    },
  });
  return { id, sha256: content.sha256 ?? null, size: content.sizeBytes ?? null, state: 'submitted', version: 1 };
}

/** What the new item proves: the given controls, those of the slot it fills and those of the item it revises. */
async function targets(context: CommandContext, { assessments, request, revises }: Described): Promise<string[]> {
  const ids = new Set(assessments);
  if (revises) {
    const older = await lockVisible(context, revises);
    if (older.state === 'withdrawn') throw conflict('evidence.withdrawnNotRevised');
    for (const id of older.assessments) ids.add(id);
  }
  if (request) {
    const { rows } = await context.db.execute<{ assessment_id: string }>(
      sql`select assessment_id from evidence_slot where org_id = ${context.organisationId} and id = ${request}`,
    );
    if (!rows[0]) throw notFound('request');
    ids.add(rows[0].assessment_id);
  }
  if (ids.size > 0) await requireAssessments(context, [...ids]);
  else if (context.authority.reach === 'assigned') throw invalid('assessments', 'evidence.chooseAssigned');
  return [...ids];
}

async function link(
  { db, organisationId, actor }: CommandContext,
  id: string,
  assessments: readonly string[],
): Promise<void> {
  if (assessments.length === 0) return;
  const linkedBy = actor.kind === 'user' ? actor.id : null;
  await db
    .insert(evidenceLink)
    .values(assessments.map((assessmentId) => ({ orgId: organisationId, evidenceId: id, assessmentId, linkedBy })))
    .onConflictDoNothing();
}

async function fillSlot(context: CommandContext, slot: string, evidenceId: string): Promise<void> {
  const { rowCount } = await context.db
    .update(evidenceSlot)
    .set({ evidenceId, version: sql`version + 1` })
    .where(sql`org_id = ${context.organisationId} and id = ${slot} and evidence_id is null and cancelled_at is null`);
  if (!rowCount) throw conflict('evidence.requestClosed');
}

type Visible = {
  id: string;
  state: string;
  version: number;
  uploadedBy: string | null;
  collectedOn: string;
  validUntil: string | null;
  assessments: string[];
};

async function lockVisible(context: CommandContext, id: string): Promise<Visible> {
  const { rows } = await context.db.execute<Visible>(sql`
    select v.id, v.state, v.version, v.uploaded_by as "uploadedBy", v.collected_on as "collectedOn", v.valid_until as "validUntil",
      array(select l.assessment_id::text from evidence_link l where l.org_id = v.org_id and l.evidence_id = v.id) as assessments
    from evidence v where v.org_id = ${context.organisationId} and v.id = ${id} and ${evidenceScope(context)} for update of v`);
  if (!rows[0]) throw notFound('evidence');
  return rows[0];
}

/** Whoever may only work on what is assigned corrects only what they brought themselves. */
async function lockOwn(context: CommandContext, id: string, version: number): Promise<Visible> {
  const row = await lockVisible(context, id);
  if (row.version !== version) throw stale('evidence');
  if (context.authority.reach === 'assigned' && row.uploadedBy !== context.actor.id)
    throw forbidden('right.ownUploads');
  return row;
}

type Dates = {
  collectedOn?: string | null;
  periodFrom?: string | null;
  periodTo?: string | null;
  validUntil?: string | null;
};

/** Proof of a training names people of the organisation, so that their record can be found under their name. */
async function requirePeople({ db, organisationId }: CommandContext, ids: readonly string[]): Promise<void> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from person where org_id = ${organisationId} and id = any(${sql.param([...ids])}::uuid[])`,
  );
  const known = new Set(rows.map(({ id }) => id));
  const stranger = ids.findIndex((id) => !known.has(id));
  if (stranger >= 0) throw invalid(`form.participants.${stranger}.personId`, 'person.unknown');
}

function requirePast(path: string, on: string | null | undefined, now: Date): void {
  // A day's grace: somewhere on earth it is tomorrow already.
  const latest = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  if (on && on > latest) throw invalid(path, 'evidence.future');
}

function requireDates({ collectedOn, periodFrom, periodTo, validUntil }: Dates, now: Date): void {
  requirePast('collectedOn', collectedOn, now);
  if (periodFrom && periodTo && periodFrom > periodTo) throw invalid('periodTo', 'evidence.period');
  if (validUntil && collectedOn && validUntil < collectedOn) throw invalid('validUntil', 'evidence.endsBefore');
}
