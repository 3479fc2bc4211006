import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';
import { idCursor } from '@/lib/kernel/fields';
import type { EvidenceItem } from '../evidence/schema';

const comment = z.string().trim().max(2000);
const version = z.coerce.number().int().min(1).optional();

export const AcceptEvidence = z.strictObject({
  id: z.uuid(),
  version,
  comment: comment.optional(),
  /** The reviewer may lower the class, or raise it to independent when the issuer demonstrably is. */
  strength: z.enum(['attestation', 'document', 'system', 'independent']).optional(),
});
export const RejectEvidence = z.strictObject({
  id: z.uuid(),
  version,
  comment: comment.min(1, hint('review.comment')),
});
export const ProposeWithdrawal = z.strictObject({
  id: z.uuid(),
  version,
  reason: comment.min(10, hint('review.reason')),
});
export const DecideWithdrawal = z.strictObject({ id: z.uuid(), version });

export const ListReviews = z.strictObject({
  q: z.string().trim().max(120).optional(),
  type: z.string().max(60).optional(),
  cursor: idCursor,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export type ReviewItem = EvidenceItem & {
  kindOfReview: 'evidence' | 'withdrawal';
  withdrawalReason: string | null;
  /** False for one's own uploads: they are shown, but somebody else decides. */
  mayDecide: boolean;
};
