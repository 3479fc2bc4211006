import type { ScanReport } from '../report';
import type { OutputFormat } from './format-names';
import { renderCycloneDx } from './cyclonedx';
import { renderGitlab } from './gitlab';
import { renderHtml } from './html';
import { renderJunit } from './junit';
import { renderSarif } from './sarif';
import { renderTable } from './table';

const RENDERERS: Readonly<Record<Exclude<OutputFormat, 'table'>, (report: ScanReport) => string>> = {
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  sarif: renderSarif,
  cyclonedx: renderCycloneDx,
  junit: renderJunit,
  gitlab: renderGitlab,
  html: renderHtml,
};

/** The report in one of the formats, ready to be written. */
export function renderReport(report: ScanReport, format: OutputFormat, hasColour = false): string {
  return format === 'table' ? renderTable(report, hasColour) : RENDERERS[format](report);
}

/** For people whose file name says nothing. */
export const FILE_NAMES =
  'use .json, .sarif, .cdx.json, .xml (JUnit), .html, .txt (table) or gl-code-quality-report.json';

/** The format a file name asks for; undefined when it does not say. */
export function formatOfFile(path: string): OutputFormat | undefined {
  if (/\.sarif(?:\.json)?$/i.test(path)) return 'sarif';
  if (/(?:\.cdx|bom)\.json$/i.test(path)) return 'cyclonedx';
  if (/gl-code-quality[\w.-]*\.json$/i.test(path)) return 'gitlab';
  if (/\.xml$/i.test(path)) return 'junit';
  if (/\.html?$/i.test(path)) return 'html';
  if (/\.txt$/i.test(path)) return 'table';
  return /\.json$/i.test(path) ? 'json' : undefined;
}
