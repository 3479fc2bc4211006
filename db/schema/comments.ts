import { pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const comment = pgTable(
  'comment',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind', { enum: ['comment', 'request', 'finding', 'answer'] })
      .notNull()
      .default('comment'),
    assessmentId: uuid('assessment_id'),
    evidenceId: uuid('evidence_id'),
    engagementId: uuid('engagement_id'),
    answersId: uuid('answers_id'),
    addressedTo: uuid('addressed_to'),
    authorId: uuid('author_id').notNull(),
    body: text('body').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    resolvedAt: timestamp('resolved_at', { withTimezone: true }),
    resolvedBy: uuid('resolved_by'),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);
