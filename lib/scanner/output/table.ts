import type { Finding } from '../finding';
import type { ScanReport } from '../report';
import { SEVERITIES, type Severity } from '../severity';

const COLOURS: Readonly<Record<Severity, string>> = {
  CRITICAL: '41;97',
  HIGH: '31',
  MEDIUM: '33',
  LOW: '36',
  INFO: '90',
};

/** A report for a terminal: the gravest first, then one line with the sum. */
export function renderTable(report: ScanReport, hasColour: boolean): string {
  const lines = report.findings
    .filter(({ severity }) => severity !== 'INFO')
    .map((finding) => renderFinding(finding, hasColour));
  const { files, bytes, skipped, incomplete, suppressed } = report.totals;
  const counts = SEVERITIES.toReversed()
    .map(
      (severity) =>
        [
          severity,
          report.findings.filter((one) => one.severity === severity && one.suppressed === undefined).length,
        ] as const,
    )
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity.toLowerCase()}`);
  const sum = [
    `${files} ${files === 1 ? 'file' : 'files'}, ${formatBytes(bytes)}, ${report.durationMs} ms`,
    counts.length === 0 ? 'no findings' : counts.join(', '),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(incomplete > 0 ? [`${incomplete} incomplete`] : []),
  ];
  const policy =
    report.policy.source === 'unmanaged' ? 'built-in policy' : `policy ${report.policy.id} v${report.policy.version}`;
  return [
    ...lines,
    `${report.verdict.toUpperCase()}: ${sum.join(' · ')} (${policy}, fails on ${report.policy.failOnSeverity})`,
    '',
  ].join('\n');
}

function renderFinding(
  { severity, ruleId, artifact, location, message, suppressed }: Finding,
  hasColour: boolean,
): string {
  const label = severity.padEnd(8);
  const shown = hasColour ? `\u001B[${COLOURS[severity]}m${label}\u001B[0m` : label;
  const place = describePlace(artifact.path, location);
  const suffix = suppressed === undefined ? '' : ` [suppressed by ${printable(suppressed.by)}]`;
  return `${shown} ${ruleId}  ${place}\n           ${printable(message)}${suffix}`;
}

/** Where a finding lies, for people: `model.zip › data.pkl @1042`. */
export function describePlace(path: string, { memberPath, line, cell, row, byteOffset }: Finding['location']): string {
  const inside = [path, ...memberPath].map(printable).join(' › ');
  const where = [
    cell === undefined ? '' : ` cell ${cell}`,
    line === undefined ? '' : `:${line}`,
    row === undefined ? '' : ` row ${row}`,
  ].join('');
  return `${inside}${where}${byteOffset === undefined ? '' : ` @${byteOffset}`}`;
}

/** File names may hold control characters that would change the terminal. */
const printable = (text: string): string => text.replaceAll(/\p{C}/gu, '?');

function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
