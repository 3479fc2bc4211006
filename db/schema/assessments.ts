import { date, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const assessment = pgTable(
  'assessment',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    entityId: uuid('entity_id').notNull(),
    controlId: text('control_id').notNull(),
    unitId: uuid('unit_id'),
    documentation: smallint('documentation'),
    implementation: smallint('implementation'),
    target: smallint('target'),
    applicability: text('applicability', { enum: ['applicable', 'exclusion-proposed', 'excluded'] })
      .notNull()
      .default('applicable'),
    exclusionReason: text('exclusion_reason'),
    exclusionProposedBy: uuid('exclusion_proposed_by'),
    exclusionApprovedBy: uuid('exclusion_approved_by'),
    exclusionUntil: date('exclusion_until'),
    note: text('note'),
    ownerId: uuid('owner_id'),
    dueOn: date('due_on'),
    assessedAt: timestamp('assessed_at', { withTimezone: true }),
    assessedBy: uuid('assessed_by'),
    version: integer('version').notNull().default(1),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);

export const assessmentChange = pgTable(
  'assessment_change',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
    changedBy: uuid('changed_by'),
    before: jsonb('before').$type<Record<string, unknown>>().notNull(),
    after: jsonb('after').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);

export const raci = pgTable(
  'raci',
  {
    orgId: uuid('org_id').notNull(),
    entityId: uuid('entity_id').notNull(),
    controlId: text('control_id').notNull(),
    personId: uuid('person_id').notNull(),
    part: text('part', { enum: ['A', 'R', 'C', 'I'] }).notNull(),
    assignedBy: uuid('assigned_by'),
    assignedAt: timestamp('assigned_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.entityId, table.controlId, table.personId, table.part] })],
);
