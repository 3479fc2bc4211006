import { date, integer, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const snapshot = pgTable(
  'snapshot',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    scope: text('scope', { enum: ['group', 'entity'] }).notNull(),
    entityId: uuid('entity_id'),
    groupId: uuid('group_id'),
    month: date('month').notNull(),
    asOf: timestamp('as_of', { withTimezone: true }).notNull(),
    kind: text('kind', { enum: ['month-end', 'on-demand', 'engagement'] }).notNull(),
    restatesId: uuid('restates_id'),
    method: text('method').notNull(),
    catalogueVersion: text('catalogue_version').notNull(),
    proven: integer('proven').notNull(),
    claimed: integer('claimed').notNull(),
    open: integer('open').notNull(),
    level: smallint('level').notNull(),
    content: text('content').notNull(),
    digest: text('digest').notNull(),
    madeBy: uuid('made_by'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);
