import { z } from 'zod';
import { findingSchema, type Finding } from './finding';
import { isInForce, type Policy } from './policy';
import type { ArtifactResult } from './scan-artifact';
import { isAtLeast, severityRank } from './severity';

export const verdictSchema = z.enum(['pass', 'fail', 'incomplete']);
export type Verdict = z.infer<typeof verdictSchema>;

/** What a scan answers; the same document is printed as JSON and uploaded. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** ULID. */
  scanId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  startedAt: z.iso.datetime({ offset: true }),
  durationMs: z.number().int().nonnegative(),
  cli: z.strictObject({ version: z.string(), sha256: z.string().optional() }),
  policy: z.strictObject({
    id: z.string(),
    version: z.number().int().nonnegative(),
    digest: z.string(),
    source: z.enum(['central', 'local', 'unmanaged']),
    failOnSeverity: z.string(),
    downgradeAttempts: z.array(z.string()),
  }),
  repo: z
    .strictObject({
      host: z.string(),
      owner: z.string(),
      name: z.string(),
      ref: z.string(),
      commit: z.string(),
      dirty: z.boolean(),
    })
    .partial()
    .optional(),
  ci: z.strictObject({ provider: z.string(), runId: z.string() }).optional(),
  totals: z.strictObject({
    files: z.number().int(),
    bytes: z.number().int(),
    skipped: z.number().int(),
    incomplete: z.number().int(),
    findings: z.number().int(),
    suppressed: z.number().int(),
  }),
  artifacts: z.array(
    z.strictObject({
      path: z.string(),
      size: z.number().int(),
      format: z.string(),
      sha256: z.string().optional(),
      isIncomplete: z.boolean(),
    }),
  ),
  findings: z.array(findingSchema),
  verdict: verdictSchema,
});
export type ScanReport = z.infer<typeof reportSchema>;

export interface Judgement {
  findings: Finding[];
  verdict: Verdict;
}

export interface JudgementOptions {
  policy: Policy;
  /** Milliseconds since 1970; decides which suppressions are in force. */
  now: number;
  /** Fingerprints that were there before; they are shown as suppressed. */
  baseline?: ReadonlySet<string>;
}

/** Applies overrides, suppressions and the baseline, and decides. Findings come back with the gravest first. */
export function judge(results: readonly ArtifactResult[], options: JudgementOptions): Judgement {
  const findings = results
    .flatMap(({ findings }) => findings)
    .map((finding) => overrideSeverity(finding, options.policy))
    .filter((finding) => finding !== undefined)
    .map((finding) => suppress(finding, options))
    .toSorted(compareFindings);
  const isViolated = findings.some(
    ({ severity, suppressed }) => suppressed === undefined && isAtLeast(severity, options.policy.failOnSeverity),
  );
  if (isViolated && options.policy.mode === 'enforce') return { findings, verdict: 'fail' };
  return { findings, verdict: results.some(({ isIncomplete }) => isIncomplete) ? 'incomplete' : 'pass' };
}

function overrideSeverity(finding: Finding, { ruleOverrides }: Policy): Finding | undefined {
  const override = ruleOverrides[finding.ruleId];
  if (override === undefined) return finding;
  return override === 'off' ? undefined : { ...finding, severity: override };
}

function suppress(finding: Finding, { policy, now, baseline }: JudgementOptions): Finding {
  const rule = policy.suppressions.find(
    (one) => one.fingerprint === finding.fingerprint && one.ruleId === finding.ruleId,
  );
  if (rule !== undefined && isInForce(rule, now)) {
    return { ...finding, suppressed: { by: rule.approvedBy, reason: rule.reason, expires: rule.expiresAt } };
  }
  if (baseline?.has(finding.fingerprint) !== true) return finding;
  return { ...finding, suppressed: { by: 'baseline', reason: 'The finding was there when the baseline was made' } };
}

function compareFindings(a: Finding, b: Finding): number {
  const order = severityRank(b.severity) - severityRank(a.severity);
  return order || a.artifact.path.localeCompare(b.artifact.path, 'en') || a.ruleId.localeCompare(b.ruleId, 'en');
}
