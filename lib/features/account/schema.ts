import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';

export const NoInput = z.strictObject({});

export const ChangePassword = z.strictObject({
  current: z.string().min(1, hint('field.empty')).max(512),
  password: z.string().min(1, hint('field.empty')).max(512),
});

export const SessionRef = z.strictObject({ id: z.string().regex(/^[0-9a-f]{64}$/, hint('field.uuid')) });

export type OwnSession = {
  id: string;
  startedAt: string;
  lastSeenAt: string;
  endsAt: string;
  network: string | null;
  userAgent: string | null;
  isThisOne: boolean;
};
