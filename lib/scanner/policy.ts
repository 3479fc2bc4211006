import { z } from 'zod';
import { DEFAULT_LIMITS, limitsSchema } from './limits';
import { RULE_ID } from './rules';
import { SEVERITIES } from './severity';

const DAY_MS = 86_400_000;
const MAX_SUPPRESSION_DAYS = 366;

const ruleIdSchema = z.string().regex(RULE_ID);

export const suppressionSchema = z.strictObject({
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  ruleId: ruleIdSchema,
  reason: z.string().min(20).max(500),
  approvedBy: z.string().min(1).max(200),
  /** At most one year ahead; checked when it is used. */
  expiresAt: z.iso.datetime({ offset: true }),
});
export type Suppression = z.infer<typeof suppressionSchema>;

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
export type Policy = z.infer<typeof policySchema>;

/** A local policy file: any part of a policy. */
export const localPolicySchema = policySchema.omit({ id: true, version: true }).partial();
export type LocalPolicy = z.infer<typeof localPolicySchema>;

/** Used when no policy is configured; reports call it unmanaged. */
export const DEFAULT_POLICY: Policy = {
  id: 'built-in',
  version: 0,
  mode: 'enforce',
  failOnSeverity: 'HIGH',
  ruleOverrides: {},
  blockedLicences: [],
  failOnMissingLicence: false,
  allowedGlobals: [],
  requireSignature: false,
  requireTelemetry: false,
  maxOfflineHours: 72,
  allowLocalSuppressions: true,
  ignorePaths: [],
  suppressions: [],
  limits: DEFAULT_LIMITS,
};

/** True for a suppression that is in force at `now` and does not reach further than a year. `now` in ms since 1970. */
export function isInForce({ expiresAt }: Suppression, now: number): boolean {
  const expires = Date.parse(expiresAt);
  return expires > now && expires <= now + MAX_SUPPRESSION_DAYS * DAY_MS;
}
