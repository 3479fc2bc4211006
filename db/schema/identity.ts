import { boolean, date, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { bytea } from './bytea';

export const userAccount = pgTable('user_account', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
  passwordHash: text('password_hash'),
  isDisabled: boolean('is_disabled').notNull().default(false),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  lastSignedInAt: timestamp('last_signed_in_at', { withTimezone: true }),
});

export const person = pgTable(
  'person',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    jobTitle: text('job_title'),
    appointedOn: date('appointed_on'),
    isDisabled: boolean('is_disabled').notNull().default(false),
    functions: text('functions').array().notNull().default([]),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);

export const membership = pgTable(
  'membership',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    personId: uuid('person_id').notNull(),
    role: text('role', { enum: ['board', 'compliance', 'owner', 'auditor', 'admin', 'ciso', 'ai-officer'] }).notNull(),
    startsAt: timestamp('starts_at', { withTimezone: true }).notNull().defaultNow(),
    endsAt: timestamp('ends_at', { withTimezone: true }),
    grantedBy: uuid('granted_by'),
    approvedBy: uuid('approved_by'),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);

export const membershipEntity = pgTable(
  'membership_entity',
  {
    orgId: uuid('org_id').notNull(),
    membershipId: uuid('membership_id').notNull(),
    entityId: uuid('entity_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.membershipId, table.entityId] })],
);

export const session = pgTable('session', {
  idHash: bytea('id_hash').primaryKey(),
  orgId: uuid('org_id').notNull(),
  personId: uuid('person_id').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  lastSeenAt: timestamp('last_seen_at', { withTimezone: true }).notNull().defaultNow(),
  authenticatedAt: timestamp('authenticated_at', { withTimezone: true }).notNull().defaultNow(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  network: text('network'),
  userAgent: text('user_agent'),
});

export const signInThrottle = pgTable('sign_in_throttle', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  blockedUntil: timestamp('blocked_until', { withTimezone: true }).notNull(),
  failedAt: timestamp('failed_at', { withTimezone: true }).notNull().defaultNow(),
});

export const apiToken = pgTable(
  'api_token',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    kind: text('kind', { enum: ['scanner', 'agent'] }).notNull(),
    tokenHash: bytea('token_hash').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);

export const roleRequest = pgTable(
  'role_request',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    personId: uuid('person_id').notNull(),
    role: text('role', { enum: ['board', 'compliance', 'owner', 'auditor', 'admin', 'ciso', 'ai-officer'] }).notNull(),
    change: text('change', { enum: ['grant', 'revoke'] }).notNull(),
    entityIds: uuid('entity_ids').array().notNull().default([]),
    reason: text('reason'),
    requestedBy: uuid('requested_by').notNull(),
    requestedAt: timestamp('requested_at', { withTimezone: true }).notNull().defaultNow(),
    decidedBy: uuid('decided_by'),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
    decision: text('decision', { enum: ['approved', 'refused'] }),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);

export const engagement = pgTable(
  'engagement',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    auditorId: uuid('auditor_id').notNull(),
    title: text('title').notNull(),
    purpose: text('purpose'),
    startsAt: timestamp('starts_at', { withTimezone: true }).notNull(),
    endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    endedBy: uuid('ended_by'),
    snapshotId: uuid('snapshot_id'),
    createdBy: uuid('created_by').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    version: integer('version').notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);

export const engagementEntity = pgTable(
  'engagement_entity',
  {
    orgId: uuid('org_id').notNull(),
    engagementId: uuid('engagement_id').notNull(),
    entityId: uuid('entity_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.engagementId, table.entityId] })],
);
