import { jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

export const catalogueDocument = pgTable(
  'catalogue_document',
  {
    version: text('version').notNull(),
    name: text('name').notNull(),
    sha256: text('sha256').notNull(),
    body: jsonb('body').$type<Record<string, unknown>>().notNull(),
    loadedAt: timestamp('loaded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.version, table.name] })],
);

export const control = pgTable('control', {
  id: text('id').primaryKey(),
  layer: text('layer').notNull(),
  firstVersion: text('first_version').notNull(),
});
