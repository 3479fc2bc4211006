import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';
import { instant } from '@/lib/kernel/fields';

export const CreateEngagement = z.strictObject({
  auditorId: z.uuid(),
  title: z.string().trim().min(1, hint('engagement.title')).max(160),
  purpose: z.string().trim().max(2000).optional(),
  startsAt: instant,
  endsAt: instant,
  /** Empty: every entity of the organisation. */
  entityIds: z.array(z.uuid()).max(200).default([]),
});

export const EngagementRef = z.strictObject({ id: z.uuid() });
export const EndEngagement = z.strictObject({ id: z.uuid(), version: z.coerce.number().int().min(1).optional() });
export const ListEngagements = z.strictObject({ state: z.enum(['running', 'planned', 'over']).optional() });

export type EngagementItem = {
  id: string;
  title: string;
  purpose: string | null;
  auditor: { id: string; name: string };
  startsAt: string;
  endsAt: string;
  endedAt: string | null;
  state: 'running' | 'planned' | 'over';
  entities: { id: string; name: string }[];
  /** The frozen month the auditor reads scores from. */
  snapshot: { id: string; month: string; asOf: string } | null;
  createdBy: string;
  openRequests: number;
  findings: number;
  version: number;
};
