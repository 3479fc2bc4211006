import type { z } from 'zod';
import { DEFAULT_LIMITS } from './limits';
import type { localPolicySchema, policySchema, suppressionSchema } from './policy-schema';

const DAY_MS = 86_400_000;
const MAX_SUPPRESSION_DAYS = 366;

export type Suppression = z.infer<typeof suppressionSchema>;
export type Policy = z.infer<typeof policySchema>;
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
