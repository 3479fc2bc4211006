import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';
import { tokenRoles } from '@/lib/domain/policy/roles';

export const ListTokens = z.strictObject({});
export const CreateToken = z.strictObject({
  name: z.string().trim().min(1, hint('token.name')).max(120),
  kind: z.enum(tokenRoles),
  validDays: z.number().int().min(1, hint('token.oneDay')).max(365, hint('token.oneYear')).default(90),
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
