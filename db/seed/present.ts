import { sql } from 'drizzle-orm';
import { inTransaction, type Transaction } from '@/db/client';
import { comment } from '@/db/schema/comments';
import { evidence, evidenceLink, evidenceSlot } from '@/db/schema/evidence';
import { roleRequest } from '@/db/schema/identity';
import { receiveFile } from '@/lib/adapters/intake/receive';
import { newId } from '@/lib/kernel/ids';
import { makePdf } from './files';
import { randomFrom } from './random';
import { dayText, type SeededAssessment, type Setting } from './setting';

const DAY_MS = 86_400_000;

/** What is open today: uploads that wait for a second person, requests, a withdrawal, exclusions, questions of the auditor. */
export async function finishPresent(setting: Setting): Promise<void> {
  await inTransaction({ organisationId: setting.id, access: 'write' }, async (tx) => {
    await waitingUploads(tx, setting);
    await openRequests(tx, setting);
    await exclusions(tx, setting);
    await conversation(tx, setting);
    await pendingRole(tx, setting);
    await proposedWithdrawal(tx, setting);
  });
}

const find = ({ assessments }: Setting, entity: string, control: string): SeededAssessment | undefined =>
  assessments.find((one) => one.entity.key === entity && one.controlId === control && one.unit === null);

const entityAt = (setting: Setting, index: number) => setting.entities[index % setting.entities.length]!.key;
const ago = ({ now }: Setting, days: number) => new Date(now.getTime() - days * DAY_MS);

async function waitingUploads({ db }: Transaction, setting: Setting): Promise<void> {
  const uploads = [
    {
      title: 'Incident exercise with night shift',
      type: 'exercise_report',
      controls: ['MON-17', 'MON-11'],
      entity: 3,
      by: 'owner',
      days: 2,
      state: 'submitted',
    },
    {
      title: 'Network and zone diagram',
      type: 'network_diagram',
      controls: ['LIF-09', 'LIF-10'],
      entity: 0,
      by: 'owner',
      days: 1,
      state: 'submitted',
    },
    {
      title: 'Data leakage settings of the assistant',
      type: 'config_baseline',
      controls: ['RSK-13'],
      entity: 5,
      by: 'owner',
      days: 4,
      state: 'submitted',
    },
    {
      title: 'Post-incident review, phishing wave',
      type: 'post_incident_review',
      controls: ['MON-16'],
      entity: 6,
      by: 'ciso',
      days: 3,
      state: 'submitted',
    },
    {
      title: 'Key and certificate inventory',
      type: 'key_inventory',
      controls: ['RSK-15'],
      entity: 4,
      by: 'owner',
      days: 9,
      state: 'rejected',
    },
    {
      title: 'Site inspection, pumping station',
      type: 'site_inspection',
      controls: ['RSK-19'],
      entity: 4,
      by: 'owner',
      days: 6,
      state: 'submitted',
    },
  ] as const;
  for (const { title, type, controls, entity, by, days, state } of uploads) {
    const targets = controls
      .map((control) => find(setting, entityAt(setting, entity), control))
      .filter((one) => one !== undefined);
    const uploader = setting.people.get(by) ?? setting.people.get('owner')!;
    const file = makePdf(`${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.pdf`, title, [
      'Demonstration file with made-up content.',
      `Scope: ${targets[0]?.entity.name ?? ''}.`,
    ]);
    async function* bytes() {
      yield file.bytes;
    }
    const received = await receiveFile(bytes(), {
      storageKey: `evidence/${setting.id}/${newId()}`,
      fileName: file.name,
      limitBytes: 1_000_000,
    });
    const id = newId();
    const { storageKey, fileName, mediaType, size: sizeBytes, sha256 } = received;
    await db.insert(evidence).values({
      orgId: setting.id,
      id,
      title,
      type,
      kind: 'file',
      state,
      strength: 'document',
      collectedOn: dayText(ago(setting, days + 3)),
      source: 'Uploaded by hand',
      storageKey,
      fileName,
      mediaType,
      sizeBytes,
      sha256,
      uploadedBy: uploader,
      uploadedAt: ago(setting, days),
      ...(state === 'rejected' && {
        reviewedBy: setting.people.get('compliance')!,
        reviewedAt: ago(setting, days - 2),
        reviewComment: 'The list stops at June. Please export it again with all sites.',
      }),
    });
    await db
      .insert(evidenceLink)
      .values(targets.map((one) => ({ orgId: setting.id, evidenceId: id, assessmentId: one.id, linkedBy: uploader })));
  }
}

async function openRequests({ db }: Transaction, setting: Setting): Promise<void> {
  const wanted = [
    {
      entity: 6,
      control: 'GOV-13',
      type: 'registration_confirmation',
      owner: 'compliance',
      days: -6,
      note: 'The portal sends it by mail after the change of address.',
    },
    {
      entity: 8,
      control: 'RSK-06',
      type: 'asset_inventory',
      owner: 'owner',
      days: 12,
      note: 'All sites please, sorting plant included.',
    },
    {
      entity: 7,
      control: 'TRU-07',
      type: 'backup_test',
      owner: 'owner',
      days: -11,
      note: 'Last test is older than six months.',
    },
    { entity: 3, control: 'MON-05', type: 'siem_export', owner: 'owner', days: 20, note: null },
    { entity: 1, control: 'SUP-02', type: 'supplier_register', owner: 'procurement', days: 8, note: 'With tiers.' },
    { entity: 2, control: 'LIF-03', type: 'config_baseline', owner: 'owner', days: 33, note: null },
  ];
  const rows = wanted.flatMap(({ entity, control, type, owner, days, note }) => {
    const target = find(setting, entityAt(setting, entity), control);
    if (!target) return [];
    return {
      orgId: setting.id,
      id: newId(),
      assessmentId: target.id,
      type,
      note,
      ownerId: setting.people.get(owner) ?? setting.people.get('owner')!,
      dueOn: dayText(ago(setting, -days)),
      requestedBy: setting.people.get('compliance')!,
      requestedAt: ago(setting, 15),
    };
  });
  await db.insert(evidenceSlot).values(rows);
}

async function exclusions({ db }: Transaction, setting: Setting): Promise<void> {
  const compliance = setting.people.get('compliance')!;
  const ciso = setting.people.get('ciso')!;
  const set = async (entity: number, control: string, reason: string, isApproved: boolean) => {
    const target = find(setting, entityAt(setting, entity), control);
    if (!target) return;
    await db.execute(sql`
      update assessment set applicability = ${isApproved ? 'excluded' : 'exclusion-proposed'}, exclusion_reason = ${reason}, exclusion_proposed_by = ${ciso},
        exclusion_approved_by = ${isApproved ? compliance : null}::uuid, exclusion_until = ${isApproved ? dayText(ago(setting, -210)) : null}::date, version = version + 1
      where org_id = ${setting.id} and id = ${target.id}`);
  };
  await set(4, 'TRU-14', 'The entity makes no public claims about its security and holds no label.', true);
  await set(7, 'MON-08', 'Alarms are forwarded by the state computing centre that runs the network.', true);
  await set(8, 'CUL-13', 'Fewer than ten people have mail or telephone contact with outsiders.', false);
}

async function conversation({ db }: Transaction, setting: Setting): Promise<void> {
  const target = find(setting, entityAt(setting, 3), 'MON-02') ?? setting.assessments[0]!;
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from engagement where org_id = ${setting.id} limit 1`,
  );
  const engagementId = rows[0]?.id ?? null;
  const base = { orgId: setting.id, assessmentId: target.id };
  const question = newId();
  await db.insert(comment).values([
    {
      ...base,
      id: newId(),
      authorId: setting.people.get('compliance')!,
      body: 'The exercise in June missed the 24 hours by 40 minutes. The rota is changed, the next exercise will show whether that helps.',
      createdAt: ago(setting, 40),
    },
    {
      ...base,
      id: question,
      kind: 'request',
      engagementId,
      authorId: setting.people.get('auditor')!,
      addressedTo: setting.people.get('compliance')!,
      body: 'Please show the rota in force since July and who is called first at night.',
      createdAt: ago(setting, 3),
    },
  ]);
}

async function pendingRole({ db }: Transaction, setting: Setting): Promise<void> {
  const personId = setting.people.get('data') ?? setting.people.get('owner')!;
  await db.insert(roleRequest).values({
    orgId: setting.id,
    id: newId(),
    personId,
    role: 'ai-officer',
    change: 'grant',
    reason: 'Deputy of the AI officer during parental leave.',
    requestedBy: setting.people.get('admin')!,
    requestedAt: ago(setting, 1),
  });
}

async function proposedWithdrawal({ db }: Transaction, setting: Setting): Promise<void> {
  const random = randomFrom(`withdrawal ${setting.plan.key}`);
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from evidence where org_id = ${setting.id} and state = 'accepted' and type = 'asset_inventory' order by collected_on desc limit 5`);
  if (rows.length === 0) return;
  await db.execute(sql`
    update evidence set withdrawal_reason = 'The export covers the test network only.', withdrawal_proposed_by = ${setting.people.get('owner')!},
      withdrawal_proposed_at = ${ago(setting, 1).toISOString()}::timestamptz, version = version + 1
    where org_id = ${setting.id} and id = ${random.pick(rows).id}`);
}
