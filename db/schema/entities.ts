import { date, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const entity = pgTable(
  'entity',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    legalName: text('legal_name'),
    country: text('country').notNull(),
    city: text('city'),
    sector: text('sector'),
    subsector: text('subsector'),
    entityType: text('entity_type'),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull().default({}),
    criticality: smallint('criticality').notNull().default(2),
    classification: text('classification').notNull().default('out_of_scope'),
    classificationRule: text('classification_rule'),
    overrideClassification: text('override_classification'),
    overrideReason: text('override_reason'),
    overrideBy: uuid('override_by'),
    overrideAt: timestamp('override_at', { withTimezone: true }),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    archivedAt: timestamp('archived_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);

export const unit = pgTable(
  'unit',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    entityId: uuid('entity_id').notNull(),
    kind: text('kind', { enum: ['essential_service', 'ai_system', 'agent', 'supplier'] }).notNull(),
    name: text('name').notNull(),
    purpose: text('purpose'),
    criticality: smallint('criticality').notNull().default(2),
    aiActClass: text('ai_act_class', { enum: ['prohibited', 'high', 'limited', 'minimal', 'unknown'] }),
    expiresOn: date('expires_on'),
    ownerId: uuid('owner_id'),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    archivedAt: timestamp('archived_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);
