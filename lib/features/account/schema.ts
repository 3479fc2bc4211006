import { z } from 'zod';

export const NoInput = z.strictObject({});

export const ChangePassword = z.strictObject({
  current: z.string().min(1, 'Type your present password.').max(512),
  password: z.string().min(1, 'Type a new password.').max(512),
});

export const SessionRef = z.strictObject({ id: z.string().regex(/^[0-9a-f]{64}$/, 'This is not a session.') });

export type OwnSession = {
  id: string;
  startedAt: string;
  lastSeenAt: string;
  endsAt: string;
  network: string | null;
  userAgent: string | null;
  isThisOne: boolean;
};
