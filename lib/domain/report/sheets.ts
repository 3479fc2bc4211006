import type { ReportModel } from './model';
import type { ReportSheet } from './sheet';
import { registerSheets } from './sheets-registers';
import { scoreSheets } from './sheets-score';
import type { ReportTexts } from './texts';

/** The report as sheets of typed cells, every line with the full id of its record. */
export function reportSheets(model: ReportModel, texts: ReportTexts): ReportSheet[] {
  return [...scoreSheets(model, texts), ...registerSheets(model, texts)];
}
