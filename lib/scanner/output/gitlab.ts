import type { ScanReport } from '../report';
import type { Severity } from '../severity';

const LEVELS: Readonly<Record<Severity, string>> = {
  CRITICAL: 'blocker',
  HIGH: 'critical',
  MEDIUM: 'major',
  LOW: 'minor',
  INFO: 'info',
};

/** GitLab's code quality report: an array of issues. */
export function renderGitlab(report: ScanReport): string {
  const issues = report.findings
    .filter(({ suppressed }) => suppressed === undefined)
    .map(({ ruleId, severity, title, message, fingerprint, artifact, location }) => ({
      description: `${title}: ${message}`,
      check_name: ruleId,
      fingerprint,
      severity: LEVELS[severity],
      location: { path: artifact.path, lines: { begin: location.line ?? 1 } },
    }));
  return `${JSON.stringify(issues, null, 2)}\n`;
}
