import type { z } from 'zod';
import type { Finding } from './finding';
import { isInForce, type Policy } from './policy';
import type { reportSchema, verdictSchema } from './report-schema';
import type { ArtifactResult } from './scan-artifact';
import { isAtLeast, severityRank } from './severity';

export type Verdict = z.infer<typeof verdictSchema>;
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

/** What files that lie among the scanned ones take away from the result, in sentences: a pull request can add them. */
export function describeWeakenings({ policy: { weakenings = [] }, totals: { ignored = 0 } }: ScanReport): string[] {
  return [
    ...(weakenings.length === 0
      ? []
      : [`The local policy lets pass what the built-in one would stop, by: ${weakenings.join(', ')}.`]),
    ...(ignored === 0 ? [] : [`.heptadignore leaves out ${ignored} of the named files and folders.`]),
  ];
}

/** Findings by the path of their artifact; a report may hold thousands of both. */
export function findingsByPath({ findings }: ScanReport): ReadonlyMap<string, Finding[]> {
  const byPath = new Map<string, Finding[]>();
  for (const finding of findings) {
    const found = byPath.get(finding.artifact.path);
    if (found === undefined) byPath.set(finding.artifact.path, [finding]);
    else found.push(finding);
  }
  return byPath;
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
