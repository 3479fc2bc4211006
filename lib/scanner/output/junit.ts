import type { Finding } from '../finding';
import { findingsByPath, type ScanReport } from '../report';
import { isAtLeast, type Severity } from '../severity';
import { describePlace } from './table';

/** One test case for each file; findings at or above the policy's threshold fail it, what could not be looked at is an error. */
export function renderJunit(report: ScanReport): string {
  const threshold = report.policy.failOnSeverity as Severity;
  const findings = findingsByPath(report);
  const cases = report.artifacts.map((artifact) => {
    const found = findings.get(artifact.path) ?? [];
    const failures = found.filter((one) => one.suppressed === undefined && isAtLeast(one.severity, threshold));
    // A test case that fails has told enough.
    const errors = artifact.isIncomplete && failures.length === 0 ? [renderError(found)] : [];
    return { artifact, failures, errors };
  });
  const broken = cases.filter(({ errors }) => errors.length > 0).length;
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const seconds = (report.durationMs / 1000).toFixed(3);
  const body = cases.map(({ artifact, failures, errors }) =>
    [
      `    <testcase classname="heptad.scan" name="${escapeXml(artifact.path)}" time="0">`,
      ...failures.map(renderFailure),
      ...errors,
      '    </testcase>',
    ].join('\n'),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${failed}" errors="${broken}" time="${seconds}">`,
    `  <testsuite name="heptad scan" tests="${cases.length}" failures="${failed}" errors="${broken}" skipped="0" time="${seconds}" timestamp="${report.startedAt}">`,
    ...body,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function renderError(findings: readonly Finding[]): string {
  const reasons = findings.filter(({ ruleId }) => ruleId.startsWith('SYS-')).map(({ message }) => message);
  return `      <error type="incomplete" message="Not all of it could be looked at">${escapeXml(reasons.join('\n'))}</error>`;
}

function renderFailure(finding: Finding): string {
  const text = `${describePlace(finding.artifact.path, finding.location)}: ${finding.message}`;
  return `      <failure type="${finding.ruleId}" message="${escapeXml(`${finding.severity} ${finding.title}`)}">${escapeXml(text)}</failure>`;
}

/** XML 1.0 has no way to write most control characters. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
