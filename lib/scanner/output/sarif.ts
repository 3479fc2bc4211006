import type { Finding } from '../finding';
import { describeWeakenings, type ScanReport } from '../report';
import { type Rule, ruleOf } from '../rules';
import type { Severity } from '../severity';

const LEVELS: Readonly<Record<Severity, string>> = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'note',
  INFO: 'note',
};
/** GitHub orders alerts by this number, 0 to 10. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  CRITICAL: '9.5',
  HIGH: '8.0',
  MEDIUM: '5.5',
  LOW: '3.0',
  INFO: '0.0',
};
/** GitHub takes no more results from one run. */
const MAX_RESULTS = 25_000;

/** SARIF 2.1.0. The fingerprint keeps an alert the same one when lines move. */
export function renderSarif(report: ScanReport): string {
  const results = report.findings.slice(0, MAX_RESULTS);
  const ruleIds = [...new Set(results.map(({ ruleId }) => ruleId))].toSorted();
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Heptad',
            semanticVersion: report.cli.version,
            rules: ruleIds.map((id) => renderRule(ruleOf(id))),
          },
        },
        automationDetails: { id: `heptad-scan/${report.scanId}` },
        invocations: [renderInvocation(report)],
        columnKind: 'utf16CodeUnits',
        results: results.map((finding) => renderResult(finding, ruleIds.indexOf(finding.ruleId))),
      },
    ],
  };
  return `${JSON.stringify(sarif, null, 2)}\n`;
}

function renderInvocation(report: ScanReport) {
  const notifications = describeWeakenings(report).map((text) => ({ level: 'warning', message: { text } }));
  return {
    executionSuccessful: report.verdict !== 'incomplete',
    startTimeUtc: report.startedAt,
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
  };
}

function renderRule({ id, title, description, remedy, severity, cwe, atlas }: Rule) {
  return {
    id,
    name: title.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? ''),
    shortDescription: { text: title },
    fullDescription: { text: description },
    help: { text: remedy },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['security', ...cwe.map((one) => `external/cwe/${one.toLowerCase()}`), ...atlas],
      'security-severity': SECURITY_SEVERITY[severity],
    },
  };
}

function renderResult(finding: Finding, ruleIndex: number) {
  const { location, artifact, suppressed } = finding;
  const region = {
    ...(location.line === undefined ? {} : { startLine: location.line }),
    ...(location.line === undefined && location.byteOffset !== undefined && Number(location.byteOffset) <= 0x7fffffff
      ? { byteOffset: Number(location.byteOffset) }
      : {}),
  };
  return {
    ruleId: finding.ruleId,
    ruleIndex,
    level: LEVELS[finding.severity],
    message: {
      text:
        location.memberPath.length === 0 ? finding.message : `${location.memberPath.join(' › ')}: ${finding.message}`,
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(artifact.path).replaceAll('#', '%23').replaceAll('?', '%3F') },
          ...(Object.keys(region).length === 0 ? {} : { region }),
        },
      },
    ],
    partialFingerprints: { 'heptad/v1': finding.fingerprint },
    ...(suppressed === undefined ? {} : { suppressions: [{ kind: 'external', justification: suppressed.reason }] }),
    properties: { severity: finding.severity, confidence: finding.confidence, cve: finding.cve },
  };
}
