import { z } from 'zod';
import { tokenRoles } from '@/lib/domain/policy/roles';

export const ListTokens = z.strictObject({});
export const CreateToken = z.strictObject({
  name: z.string().trim().min(1, 'Say what the token is for.').max(120),
  kind: z.enum(tokenRoles),
  validDays: z.number().int().min(1, 'At least one day.').max(365, 'A token lives a year at most.').default(90),
});
export const TokenRef = z.strictObject({ id: z.uuid() });

export type TokenItem = {
  id: string;
  name: string;
  kind: 'scanner' | 'agent';
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
};
