import type { Limits } from './limits';
import type { LocalPolicy, Policy } from './policy';
import { findRule } from './rules';
import { isAtLeast, lowerOf, type Severity } from './severity';

type Override = Severity | 'off';

export interface MergedPolicy {
  policy: Policy;
  /** Fields of the local policy that would have weakened the base and were dropped; for telemetry and one line each. */
  downgradeAttempts: string[];
}

/**
 * Adds a local policy to a base so that the strictest of the two wins in every field: the result never lets anything pass that
 * the base would stop, whatever the local file says. Pure; merging a policy with itself changes nothing.
 */
export function mergePolicies(base: Policy, local: LocalPolicy): MergedPolicy {
  const dropped = new Set<string>();
  const drop = (field: string): void => void dropped.add(field);
  const policy: Policy = {
    ...base,
    mode: strictFlag(
      'mode',
      base.mode === 'enforce',
      local.mode === undefined ? undefined : local.mode === 'enforce',
      drop,
    )
      ? 'enforce'
      : 'monitor',
    failOnSeverity: mergeThreshold(base.failOnSeverity, local.failOnSeverity, drop),
    ruleOverrides: mergeOverrides(base.ruleOverrides, local.ruleOverrides ?? {}, drop),
    blockedLicences: union(base.blockedLicences, local.blockedLicences ?? []),
    allowedLicences: mergeAllowList(base.allowedLicences, local.allowedLicences, drop),
    failOnMissingLicence: strictFlag(
      'failOnMissingLicence',
      base.failOnMissingLicence,
      local.failOnMissingLicence,
      drop,
    ),
    allowedGlobals: intersect('allowedGlobals', base.allowedGlobals, local.allowedGlobals, drop),
    requireSignature: strictFlag('requireSignature', base.requireSignature, local.requireSignature, drop),
    requireTelemetry: strictFlag('requireTelemetry', base.requireTelemetry, local.requireTelemetry, drop),
    maxOfflineHours: smaller('maxOfflineHours', base.maxOfflineHours, local.maxOfflineHours, drop),
    allowLocalSuppressions: !strictFlag(
      'allowLocalSuppressions',
      !base.allowLocalSuppressions,
      negate(local.allowLocalSuppressions),
      drop,
    ),
    ignorePaths: intersect('ignorePaths', base.ignorePaths, local.ignorePaths, drop),
    suppressions: mergeSuppressions(base, local, drop),
    limits: mergeLimits(base.limits, local.limits, drop),
  };
  return { policy, downgradeAttempts: [...dropped].toSorted() };
}

type Drop = (field: string) => void;

const negate = (flag: boolean | undefined): boolean | undefined => (flag === undefined ? undefined : !flag);

function strictFlag(field: string, base: boolean, local: boolean | undefined, drop: Drop): boolean {
  if (base && local === false) drop(field);
  return base || local === true;
}

function mergeThreshold(base: Severity, local: Severity | undefined, drop: Drop): Severity {
  if (local === undefined) return base;
  const strictest = lowerOf(base, local);
  if (strictest !== local) drop('failOnSeverity');
  return strictest;
}

/** A rule may be raised, never lowered or switched off; without an override its own severity counts. */
function mergeOverrides(
  base: Policy['ruleOverrides'],
  local: Policy['ruleOverrides'],
  drop: Drop,
): Policy['ruleOverrides'] {
  const merged: Policy['ruleOverrides'] = { ...base };
  for (const [ruleId, wanted] of Object.entries(local)) {
    const current: Override = base[ruleId] ?? findRule(ruleId)?.severity ?? 'CRITICAL';
    if (isStricter(wanted, current)) merged[ruleId] = wanted;
    else if (wanted !== current) drop(`ruleOverrides.${ruleId}`);
  }
  return merged;
}

function isStricter(wanted: Override, current: Override): boolean {
  if (wanted === 'off' || wanted === current) return false;
  return current === 'off' || isAtLeast(wanted, current);
}

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

/** Lists that allow: only what both allow stays; an absent local list has no opinion. */
function intersect(field: string, base: readonly string[], local: readonly string[] | undefined, drop: Drop): string[] {
  if (local === undefined) return [...base];
  if (local.some((item) => !base.includes(item))) drop(field);
  return base.filter((item) => local.includes(item));
}

/** An absent allow-list allows everything, so a list is always stricter than none. */
function mergeAllowList(base: string[] | undefined, local: string[] | undefined, drop: Drop): string[] | undefined {
  if (base === undefined || local === undefined) return base ?? local;
  return intersect('allowedLicences', base, local, drop);
}

function smaller(field: string, base: number, local: number | undefined, drop: Drop): number {
  if (local !== undefined && local > base) drop(field);
  return Math.min(base, local ?? base);
}

function mergeSuppressions(base: Policy, local: LocalPolicy, drop: Drop): Policy['suppressions'] {
  const added = (local.suppressions ?? []).filter(
    ({ fingerprint }) => !base.suppressions.some((one) => one.fingerprint === fingerprint),
  );
  if (added.length > 0 && !base.allowLocalSuppressions) {
    drop('suppressions');
    return base.suppressions;
  }
  return [...base.suppressions, ...added];
}

/** A higher limit sees more, so the higher one is the stricter one. */
function mergeLimits(base: Limits, local: Limits | undefined, drop: Drop): Limits {
  if (local === undefined) return base;
  const merged = { ...base };
  for (const key of Object.keys(base) as (keyof Limits)[]) {
    const isAlarm = key === 'ratio' || key === 'ratioFloorBytes';
    const strictest = isAlarm ? Math.min(base[key], local[key]) : Math.max(base[key], local[key]);
    if (strictest !== local[key]) drop(`limits.${key}`);
    merged[key] = strictest;
  }
  return merged;
}
