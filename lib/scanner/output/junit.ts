import type { Finding } from '../finding';
import type { ScanReport } from '../report';
import { isAtLeast, type Severity } from '../severity';
import { describePlace } from './table';

/** One test case for each file; findings at or above the policy's threshold fail it. */
export function renderJunit(report: ScanReport): string {
  const threshold = report.policy.failOnSeverity as Severity;
  const cases = report.artifacts.map((artifact) => {
    const findings = report.findings.filter(
      (one) => one.artifact.path === artifact.path && one.suppressed === undefined,
    );
    return { artifact, failures: findings.filter(({ severity }) => isAtLeast(severity, threshold)) };
  });
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const seconds = (report.durationMs / 1000).toFixed(3);
  const body = cases.map(({ artifact, failures }) =>
    [
      `    <testcase classname="heptad.scan" name="${escapeXml(artifact.path)}" time="0">`,
      ...failures.map(renderFailure),
      '    </testcase>',
    ].join('\n'),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${failed}" time="${seconds}">`,
    `  <testsuite name="heptad scan" tests="${cases.length}" failures="${failed}" errors="0" skipped="0" time="${seconds}" timestamp="${report.startedAt}">`,
    ...body,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
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
