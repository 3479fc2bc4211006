import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const organisation = pgTable('organisation', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  slug: text('slug').notNull(),
  isDemo: boolean('is_demo').notNull().default(false),
  timeZone: text('time_zone').notNull().default('Europe/Brussels'),
  revision: bigint('revision', { mode: 'number' }).notNull().default(0),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

export const event = pgTable(
  'event',
  {
    orgId: uuid('org_id').notNull(),
    position: bigint('position', { mode: 'number' }).notNull(),
    id: uuid('id').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
    actorKind: text('actor_kind', { enum: ['user', 'token', 'agent', 'worker', 'supplier'] }).notNull(),
    actorId: uuid('actor_id'),
    verb: text('verb').notNull(),
    objectKind: text('object_kind').notNull(),
    objectId: text('object_id'),
    entityId: uuid('entity_id'),
    beforeHash: text('before_hash'),
    afterHash: text('after_hash'),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    requestId: text('request_id'),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.position] })],
);

export const idempotency = pgTable(
  'idempotency',
  {
    orgId: uuid('org_id').notNull(),
    actorId: uuid('actor_id').notNull(),
    key: text('key').notNull(),
    operation: text('operation').notNull(),
    bodyHash: text('body_hash').notNull(),
    status: integer('status').notNull(),
    answer: jsonb('answer').$type<Record<string, unknown>>(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.actorId, table.key] })],
);
