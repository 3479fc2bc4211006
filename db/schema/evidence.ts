import { bigint, date, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const evidence = pgTable(
  'evidence',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    title: text('title').notNull(),
    type: text('type').notNull(),
    kind: text('kind', { enum: ['file', 'link', 'form', 'record'] }).notNull(),
    state: text('state', { enum: ['submitted', 'accepted', 'rejected', 'superseded', 'withdrawn'] })
      .notNull()
      .default('submitted'),
    strength: text('strength', { enum: ['attestation', 'document', 'system', 'independent'] }).notNull(),
    collectedOn: date('collected_on').notNull(),
    periodFrom: date('period_from'),
    periodTo: date('period_to'),
    validUntil: date('valid_until'),
    source: text('source'),
    note: text('note'),
    url: text('url'),
    form: jsonb('form').$type<Record<string, unknown>>(),
    fileName: text('file_name'),
    mediaType: text('media_type'),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    sha256: text('sha256'),
    storageKey: text('storage_key'),
    uploadedBy: uuid('uploaded_by'),
    uploadedAt: timestamp('uploaded_at', { withTimezone: true }).notNull().defaultNow(),
    reviewedBy: uuid('reviewed_by'),
    reviewedAt: timestamp('reviewed_at', { withTimezone: true }),
    reviewComment: text('review_comment'),
    revisesId: uuid('revises_id'),
    withdrawalReason: text('withdrawal_reason'),
    withdrawalProposedBy: uuid('withdrawal_proposed_by'),
    withdrawalProposedAt: timestamp('withdrawal_proposed_at', { withTimezone: true }),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawnAt: timestamp('withdrawn_at', { withTimezone: true }),
    version: integer('version').notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);

export const evidenceLink = pgTable(
  'evidence_link',
  {
    orgId: uuid('org_id').notNull(),
    evidenceId: uuid('evidence_id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    linkedBy: uuid('linked_by'),
    linkedAt: timestamp('linked_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.assessmentId, table.evidenceId] })],
);

export const evidenceSlot = pgTable(
  'evidence_slot',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    type: text('type').notNull(),
    note: text('note'),
    ownerId: uuid('owner_id').notNull(),
    dueOn: date('due_on').notNull(),
    requestedBy: uuid('requested_by'),
    requestedAt: timestamp('requested_at', { withTimezone: true }).notNull().defaultNow(),
    evidenceId: uuid('evidence_id'),
    cancelledAt: timestamp('cancelled_at', { withTimezone: true }),
    version: integer('version').notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);
