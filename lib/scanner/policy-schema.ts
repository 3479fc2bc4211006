import * as z from 'zod';
import { limitsSchema } from './limits-schema';
import { RULE_ID } from './rules';
import { SEVERITIES } from './severity';

const ruleIdSchema = z.string().regex(RULE_ID);

export const suppressionSchema = z.strictObject({
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  ruleId: ruleIdSchema,
  reason: z.string().min(20).max(500),
  approvedBy: z.string().min(1).max(200),
  /** At most one year ahead; checked when it is used. */
  expiresAt: z.iso.datetime({ offset: true }),
});

/** What is tolerated and what is not; the same document locally and centrally. */
export const policySchema = z.strictObject({
  id: z.string().max(100),
  version: z.number().int().nonnegative(),
  mode: z.enum(['enforce', 'monitor']),
  failOnSeverity: z.enum(SEVERITIES),
  ruleOverrides: z.record(ruleIdSchema, z.enum([...SEVERITIES, 'off'])),
  blockedLicences: z.array(z.string().max(200)),
  allowedLicences: z.array(z.string().max(200)).optional(),
  failOnMissingLicence: z.boolean(),
  /** Exact names, `module.name`. */
  allowedGlobals: z.array(z.string().max(300)),
  requireSignature: z.boolean(),
  requireTelemetry: z.boolean(),
  /** Hours the last verified central policy may be used without a connection. */
  maxOfflineHours: z
    .number()
    .min(0)
    .max(24 * 365),
  allowLocalSuppressions: z.boolean(),
  ignorePaths: z.array(z.string().max(500)),
  suppressions: z.array(suppressionSchema),
  limits: limitsSchema,
});

/** A local policy file: any part of a policy. */
export const localPolicySchema = policySchema.omit({ id: true, version: true }).partial();
