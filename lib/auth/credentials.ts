import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';

const password = z.string().min(1, hint('field.empty')).max(512);

/** What a person types to sign in; every door parses it, so that nothing unbounded reaches the hash or the database. */
export const Credentials = z.strictObject({
  email: z.string().trim().min(3, hint('field.empty')).max(254),
  password,
  /** Reserved for a second factor. */
  code: z.string().max(16).optional(),
});

export const DemonstrationCredentials = z.strictObject({ demo: z.email().max(254) });

export const StepUp = z.strictObject({ password });
