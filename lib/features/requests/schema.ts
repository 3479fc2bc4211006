import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';
import { day, dayCursor } from '@/lib/kernel/fields';

export const RequestEvidence = z.strictObject({
  assessments: z.array(z.uuid()).min(1, hint('evidence.chooseControl')).max(200),
  type: z.string().max(60),
  ownerId: z.uuid(),
  dueOn: day,
  note: z.string().trim().max(1000).optional(),
});

export const CancelRequest = z.strictObject({ id: z.uuid(), version: z.coerce.number().int().min(1).optional() });

export const ListRequests = z.strictObject({
  owner: z.union([z.literal('me'), z.uuid()]).optional(),
  state: z.enum(['open', 'answered', 'cancelled']).default('open'),
  entity: z.uuid().optional(),
  cursor: dayCursor,
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export type RequestItem = {
  id: string;
  assessment: string;
  control: string;
  entity: string;
  entityName: string;
  type: string;
  note: string | null;
  owner: { id: string; name: string };
  dueOn: string;
  isOverdue: boolean;
  requestedBy: string | null;
  evidence: { id: string; title: string; state: string } | null;
  version: number;
};
