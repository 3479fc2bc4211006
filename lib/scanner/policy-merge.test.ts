import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from './finding';
import { DEFAULT_LIMITS } from './limits';
import { DEFAULT_POLICY, isInForce, type LocalPolicy, type Policy } from './policy';
import { mergePolicies } from './policy-merge';
import { policySchema } from './policy-schema';
import { judge } from './report';
import { findRule } from './rules';
import { isAtLeast, SEVERITIES, severityRank } from './severity';

const severity = fc.constantFrom(...SEVERITIES);
const rule = fc.constantFrom('PKL-001', 'PKL-007', 'DAT-001', 'SYS-003');
const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
const suppression = fc.record({
  fingerprint: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
  ruleId: rule,
  reason: fc.constant('reviewed together with the vendor'),
  approvedBy: fc.constant('lea'),
  expiresAt: fc.constant('2027-01-01T00:00:00Z'),
});
const fields = {
  mode: fc.constantFrom('enforce' as const, 'monitor' as const),
  failOnSeverity: severity,
  ruleOverrides: fc.dictionary(rule, fc.oneof(severity, fc.constant('off' as const))),
  blockedLicences: names,
  allowedLicences: fc.option(names, { nil: undefined }),
  failOnMissingLicence: fc.boolean(),
  allowedGlobals: names,
  requireSignature: fc.boolean(),
  requireTelemetry: fc.boolean(),
  maxOfflineHours: fc.nat(100),
  allowLocalSuppressions: fc.boolean(),
  ignorePaths: names,
  suppressions: fc.uniqueArray(suppression, { selector: ({ fingerprint }) => fingerprint }),
  limits: fc.constantFrom(DEFAULT_LIMITS, { ...DEFAULT_LIMITS, depth: 2, ratio: 10 }),
};
const basePolicy: fc.Arbitrary<Policy> = fc.record({ id: fc.constant('p'), version: fc.nat(9), ...fields });
const localPolicy: fc.Arbitrary<LocalPolicy> = fc.record(fields, { requiredKeys: [] });

function findingOf(ruleId: string, fingerprint: string): Finding {
  return {
    schemaVersion: 1,
    ruleId,
    severity: findRule(ruleId)!.severity,
    confidence: 1,
    title: 't',
    message: 'm',
    artifact: { path: 'x', size: 1, format: 'pickle' },
    location: { memberPath: [] },
    evidence: {},
    cwe: [],
    cve: [],
    atlas: [],
    fingerprint,
    engineVersion: '1',
  };
}

const verdictOf = (policy: Policy, findings: Finding[]): string =>
  judge([{ path: 'x', size: 1, format: 'pickle', findings, isIncomplete: false }], {
    policy,
    now: Date.parse('2026-11-23'),
  }).verdict;

const until = (expiresAt: string) => ({
  fingerprint: 'a'.repeat(64),
  ruleId: 'PKL-001',
  reason: 'x'.repeat(20),
  approvedBy: 'me',
  expiresAt,
});

describe('merging policies', () => {
  test('whatever the local file says, nothing passes that the central policy stops', () => {
    fc.assert(
      fc.property(basePolicy, localPolicy, rule, fc.constantFrom('a', 'b', 'c'), (base, local, ruleId, letter) => {
        // A base that trusts local suppressions has decided so itself.
        fc.pre(!base.allowLocalSuppressions || local.suppressions === undefined);
        const findings = [findingOf(ruleId, letter.repeat(64))];
        const { policy } = mergePolicies(base, local);
        fc.pre(verdictOf(base, findings) === 'fail');
        expect(verdictOf(policy, findings)).toBe('fail');
      }),
      { numRuns: 2000 },
    );
  });

  test('each field is at least as strict as in both policies', () => {
    fc.assert(
      fc.property(basePolicy, localPolicy, (base, local) => {
        const { policy } = mergePolicies(base, local);
        expect(severityRank(policy.failOnSeverity)).toBeLessThanOrEqual(severityRank(base.failOnSeverity));
        expect(isAtLeast(local.failOnSeverity ?? 'CRITICAL', policy.failOnSeverity)).toBe(true);
        expect(policy.blockedLicences).toEqual(
          expect.arrayContaining([...base.blockedLicences, ...(local.blockedLicences ?? [])]),
        );
        for (const key of ['allowedGlobals', 'ignorePaths'] as const) {
          expect(base[key]).toEqual(expect.arrayContaining(policy[key]));
          expect(local[key] ?? base[key]).toEqual(expect.arrayContaining(policy[key]));
        }
        for (const key of ['failOnMissingLicence', 'requireSignature', 'requireTelemetry'] as const) {
          expect(policy[key]).toBe(base[key] || local[key] === true);
        }
        expect(policy.allowLocalSuppressions).toBe(
          base.allowLocalSuppressions && local.allowLocalSuppressions !== false,
        );
        expect(policy.maxOfflineHours).toBe(Math.min(base.maxOfflineHours, local.maxOfflineHours ?? Infinity));
        expect(policy.mode).toBe(base.mode === 'enforce' || local.mode === 'enforce' ? 'enforce' : 'monitor');
        expect(base.allowedLicences ?? policy.allowedLicences ?? []).toEqual(
          expect.arrayContaining(policy.allowedLicences ?? []),
        );
        expect(policy.allowedLicences === undefined).toBe(
          base.allowedLicences === undefined && local.allowedLicences === undefined,
        );
      }),
    );
  });

  test('merging again, or with itself, changes nothing and drops nothing', () => {
    fc.assert(
      fc.property(basePolicy, localPolicy, (base, local) => {
        const { policy } = mergePolicies(base, local);
        expect(mergePolicies(policy, {})).toEqual({ policy, downgradeAttempts: [] });
        expect(mergePolicies(policy, { ...policy, id: undefined, version: undefined } as LocalPolicy).policy).toEqual(
          policy,
        );
      }),
    );
  });

  test('each weakening is named', () => {
    const base: Policy = {
      ...DEFAULT_POLICY,
      failOnSeverity: 'MEDIUM',
      allowLocalSuppressions: false,
      maxOfflineHours: 1,
      requireSignature: true,
    };
    const { downgradeAttempts, policy } = mergePolicies(base, {
      mode: 'monitor',
      failOnSeverity: 'CRITICAL',
      ruleOverrides: { 'PKL-001': 'off', 'PKL-007': 'HIGH' },
      allowedGlobals: ['os.system'],
      ignorePaths: ['**'],
      maxOfflineHours: 99,
      requireSignature: false,
      suppressions: [
        {
          fingerprint: 'a'.repeat(64),
          ruleId: 'PKL-001',
          reason: 'x'.repeat(20),
          approvedBy: 'me',
          expiresAt: '2027-01-01T00:00:00Z',
        },
      ],
      limits: { ...DEFAULT_LIMITS, depth: 0 },
    });
    expect(downgradeAttempts).toEqual([
      'allowedGlobals',
      'failOnSeverity',
      'ignorePaths',
      'limits.depth',
      'maxOfflineHours',
      'mode',
      'requireSignature',
      'ruleOverrides.PKL-001',
      'suppressions',
    ]);
    expect(policy.ruleOverrides).toEqual({ 'PKL-007': 'HIGH' });
  });

  test('a suppression ends, and cannot reach further than a year', () => {
    const now = Date.parse('2026-11-23T00:00:00Z');
    expect(
      [until('2026-11-22T00:00:00Z'), until('2027-11-01T00:00:00Z'), until('2028-11-01T00:00:00Z')].map((one) =>
        isInForce(one, now),
      ),
    ).toEqual([false, true, false]);
  });

  test('the schema refuses unknown fields and short reasons', () => {
    expect(policySchema.safeParse(DEFAULT_POLICY).success).toBe(true);
    expect(policySchema.safeParse({ ...DEFAULT_POLICY, extra: 1 }).success).toBe(false);
  });
});
