import { integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const report = pgTable(
  'report',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    snapshotId: uuid('snapshot_id').notNull(),
    preparedBy: uuid('prepared_by').notNull(),
    preparedAt: timestamp('prepared_at', { withTimezone: true }).notNull().defaultNow(),
    note: text('note'),
    releasedBy: uuid('released_by'),
    releasedAt: timestamp('released_at', { withTimezone: true }),
    version: integer('version').notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);

export const reportReading = pgTable(
  'report_reading',
  {
    orgId: uuid('org_id').notNull(),
    reportId: uuid('report_id').notNull(),
    personId: uuid('person_id').notNull(),
    format: text('format').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
    id: uuid('id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);
