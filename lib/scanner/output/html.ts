import type { Finding } from '../finding';
import { describeWeakenings, type ScanReport } from '../report';
import { ruleOf } from '../rules';
import { escapeXml } from './junit';
import { describePlace } from './table';

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:2rem auto;max-width:72rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;margin:.5rem 0}th,td{text-align:left;vertical-align:top;padding:.5rem;border-bottom:1px solid #8886}
td:nth-child(3){min-width:12rem}code{overflow-wrap:anywhere}.CRITICAL,.HIGH{font-weight:700}
@media (max-width:45rem){thead{position:absolute;clip-path:inset(50%)}tbody,tr,td{display:block}tr{padding:.5rem 0;border-bottom:1px solid #8886}td{padding:.125rem 0;border:0;overflow-wrap:anywhere}}`;

/** One self-contained page without scripts or anything from elsewhere. */
export function renderHtml(report: ScanReport): string {
  const { totals, verdict } = report;
  const weakenings = describeWeakenings(report);
  const title = `Heptad scan: ${verdict}`;
  const sentence = `Files scanned: ${totals.files}. Findings: ${totals.findings}. Suppressed: ${totals.suppressed}. Incomplete: ${totals.incomplete}.`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeXml(title)}</title><style>${STYLE}</style></head><body><main>`,
    `<h1>${escapeXml(title)}</h1><p>${sentence}</p>`,
    `<p>Started ${escapeXml(report.startedAt)}, policy ${escapeXml(report.policy.id)} version ${report.policy.version}, fails on ${escapeXml(report.policy.failOnSeverity)}.</p>`,
    ...(weakenings.length === 0 ? [] : [`<p>${weakenings.map((one) => escapeXml(one)).join(' ')}</p>`]),
    ...renderFindings(report.findings),
    '</main></body></html>',
    '',
  ].join('\n');
}

/** On a phone the cells of a row stand below each other; the roles keep it a table for those who hear it. */
function renderFindings(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return ['<p>Nothing was found.</p>'];
  const heads = ['Severity', 'Rule', 'Where', 'What', 'What to do'].map((head) => `<th scope="col">${head}</th>`);
  return [
    `<table role="table"><caption>Findings, the gravest first</caption><thead><tr>${heads.join('')}</tr></thead><tbody role="rowgroup">`,
    ...findings.map(renderRow),
    '</tbody></table>',
  ];
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
  cells[2] = `<code>${cells[2]}</code>`;
  return `<tr role="row" class="${severity}">${cells.map((cell) => `<td role="cell">${cell}</td>`).join('')}</tr>`;
}
