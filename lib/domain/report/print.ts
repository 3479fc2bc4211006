import { reportFormat } from './format';
import type { ReportModel } from './model';
import { printAnnexes } from './print-annexes';
import type { PrintContext } from './print-context';
import { printHeatmap } from './print-heatmap';
import { printFirstPage } from './print-first-page';
import { printSecondPage } from './print-second-page';
import { fill, type ReportTexts } from './texts';

/** What the template `monthly-report` sets: every text and number as it is to appear. */
export type PrintedReport = ReturnType<typeof printReport>;

/** Words a report for print. Pure; numbers are formatted here, so that the template only places them. */
export function printReport(model: ReportModel, texts: ReportTexts) {
  const context: PrintContext = { model, texts, format: reportFormat(model.locale, texts) };
  return {
    lang: model.locale,
    ...masthead(context),
    first: printFirstPage(context),
    second: printSecondPage(context),
    heatmap: printHeatmap(context),
    annexes: printAnnexes(context),
    t: { ...texts.words, pageOf: texts.pageOf, recordsNote: texts.recordsNote },
  };
}

function masthead({ model: { about, title }, texts, format }: PrintContext) {
  const month = format.month(about.month);
  const asOf = format.instant(about.asOf, about.zone);
  return {
    organisation: about.organisation,
    title,
    subtitle: fill(texts.subtitle, { month, asOf }),
    runningTitle: fill(texts.runningTitle, { month }),
    /** The document's own date: the instant frozen, never the instant printed. */
    date: {
      year: Number(about.asOf.slice(0, 4)),
      month: Number(about.asOf.slice(5, 7)),
      day: Number(about.asOf.slice(8, 10)),
    },
    notices: [
      ...(about.isDemonstration ? [texts.demonstration] : []),
      ...(about.restates ? [fill(texts.restatement, { snapshot: about.restates })] : []),
    ],
    footer: [
      fill(texts.footer.seal, { snapshot: about.snapshotId, digest: about.digest }),
      fill(texts.footer.basis, { method: about.method, catalogue: about.catalogueVersion, asOf }),
    ],
  };
}
