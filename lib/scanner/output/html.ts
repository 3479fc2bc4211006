import type { Finding } from '../finding';
import { describeWeakenings, type ScanReport } from '../report';
import { ruleOf } from '../rules';
import { escapeXml } from './junit';
import { describePlace } from './table';

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:2rem auto;max-width:72rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;margin:.5rem 0}th,td{text-align:left;vertical-align:top;padding:.5rem;border-bottom:1px solid #8886}
code{overflow-wrap:anywhere}.CRITICAL,.HIGH{font-weight:700}`;

/** One self-contained page without scripts or anything from elsewhere. */
export function renderHtml(report: ScanReport): string {
  const { totals, verdict } = report;
  const weakenings = describeWeakenings(report);
  const title = `Heptad scan: ${verdict}`;
  const sentence = `${totals.files} files were scanned, ${totals.findings} findings, ${totals.suppressed} suppressed, ${totals.incomplete} files incomplete.`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeXml(title)}</title><style>${STYLE}</style></head><body><main>`,
    `<h1>${escapeXml(title)}</h1><p>${sentence}</p>`,
    `<p>Started ${escapeXml(report.startedAt)}, policy ${escapeXml(report.policy.id)} version ${report.policy.version}, fails on ${escapeXml(report.policy.failOnSeverity)}.</p>`,
    ...(weakenings.length === 0 ? [] : [`<p>${weakenings.map((one) => escapeXml(one)).join(' ')}</p>`]),
    '<table><caption>Findings, the gravest first</caption><thead><tr><th scope="col">Severity</th><th scope="col">Rule</th><th scope="col">Where</th><th scope="col">What</th><th scope="col">What to do</th></tr></thead><tbody>',
    ...report.findings.map(renderRow),
    '</tbody></table></main></body></html>',
    '',
  ].join('\n');
}

function renderRow(finding: Finding): string {
  const { severity, ruleId, title, message, artifact, location, suppressed } = finding;
  const cells = [
    suppressed === undefined ? severity : `${severity} (suppressed)`,
    `${ruleId} ${title}`,
    describePlace(artifact.path, location),
    message,
    ruleOf(ruleId).remedy,
  ].map((cell) => escapeXml(cell));
  return `<tr class="${severity}"><td>${cells[0]}</td><td>${cells[1]}</td><td><code>${cells[2]}</code></td><td>${cells[3]}</td><td>${cells[4]}</td></tr>`;
}
