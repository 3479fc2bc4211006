import { confidenceOf } from './confidence';
import { decisionsOf } from './decisions';
import { reportFormat } from './format';
import { changeOf, headlineOf, layerLines, trendPoints } from './headline';
import { heatmapRows } from './heatmap-rows';
import { costliestControls } from './losses';
import type { ReportModel } from './model';
import { aiSystemsOf, dutyStates, reportingState, suppliersOf } from './registers';
import type { ReportContext, ReportInput } from './report-context';
import { backlogOf, exclusionsOf, gapCounts, openCapsOf, renewalsOf } from './work';

/** The monthly report of a snapshot (domain.md §6). Pure: the same input gives an equal report for ever. */
export function buildReport({ snapshot, locale, texts }: ReportInput): ReportModel {
  const { id, digest, content } = snapshot;
  const frozenTitles = new Map(content.catalogue.controls.map((control) => [control.id, control.title]));
  const context: ReportContext = {
    content,
    texts,
    snapshotId: id,
    titleOf: (control) => texts.controlTitles[control] ?? frozenTitles.get(control) ?? control,
    format: reportFormat(locale, texts),
  };
  return {
    locale,
    title: texts.title,
    about: {
      organisation: content.organisation.name,
      month: content.month,
      asOf: content.asOf,
      zone: content.zone,
      snapshotId: id,
      digest,
      method: content.method.id,
      catalogueVersion: content.catalogue.version,
      restates: content.restates?.id ?? null,
      isDemonstration: content.organisation.isDemonstration,
      entities: content.entities.length,
      evidence: content.evidence.length,
    },
    headline: headlineOf(context),
    change: changeOf(context),
    trend: trendPoints(context),
    decisions: decisionsOf(context),
    layers: layerLines(context),
    heatmap: heatmapRows(context),
    costliest: costliestControls(context),
    reporting: reportingState(context),
    duties: dutyStates(context),
    aiSystems: aiSystemsOf(context),
    suppliers: suppliersOf(context),
    overdue: backlogOf(context),
    renewals: renewalsOf(context),
    gaps: gapCounts(context),
    notApplicable: exclusionsOf(context),
    caps: openCapsOf(context),
    confidence: confidenceOf(context),
  };
}
