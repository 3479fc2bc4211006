import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';

const subject = { assessment: z.uuid().optional(), evidence: z.uuid().optional(), engagement: z.uuid().optional() };
const oneSubject = (input: { assessment?: string; evidence?: string; engagement?: string }) =>
  [input.assessment, input.evidence, input.engagement].filter(Boolean).length >= 1;

export const ListComments = z
  .strictObject(subject)
  .refine(oneSubject, { path: ['assessment'], error: hint('comment.about') });

export const AddComment = z
  .strictObject({
    ...subject,
    /** An auditor asks (request) and states (finding); everybody comments and answers. */
    kind: z.enum(['comment', 'request', 'finding', 'answer']).default('comment'),
    body: z.string().trim().min(1, hint('comment.body')).max(5000),
    answers: z.uuid().optional(),
    addressedTo: z.uuid().optional(),
  })
  .refine(oneSubject, { path: ['assessment'], error: hint('comment.about') });

export const ResolveComment = z.strictObject({ id: z.uuid() });

export type CommentItem = {
  id: string;
  kind: 'comment' | 'request' | 'finding' | 'answer';
  assessment: string | null;
  evidence: string | null;
  engagement: string | null;
  answers: string | null;
  author: { id: string; name: string };
  addressedTo: { id: string; name: string } | null;
  body: string;
  createdAt: string;
  resolvedAt: string | null;
};
