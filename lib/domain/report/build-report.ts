import type { SnapshotContent } from '../snapshot/content';
import { confidenceOf } from './confidence';
import { decisionsOf } from './decisions';
import { reportFormat, type ReportFormat } from './format';
import { changeOf, headlineOf, layerLines, trendPoints } from './headline';
import { heatmapRows } from './heatmap-rows';
import { costliestControls } from './losses';
import type { ReportLocale, ReportModel } from './model';
import { aiSystemsOf, dutyStates, reportingState, suppliersOf } from './registers';
import type { ReportTexts } from './texts';
import { backlogOf, exclusionsOf, gapCounts, openCapsOf, renewalsOf } from './work';

/** What a report is made from: a snapshot, the one it names as its previous, and the words of a language. */
export interface ReportInput {
  readonly snapshot: { readonly id: string; readonly digest: string; readonly content: SnapshotContent };
  /** The content behind `snapshot.content.previous`; null for the first month. */
  readonly previous: SnapshotContent | null;
  readonly locale: ReportLocale;
  readonly texts: ReportTexts;
}

/** What each part of the report is built with. */
export interface ReportContext extends Pick<ReportInput, 'previous' | 'texts'> {
  readonly content: SnapshotContent;
  readonly snapshotId: string;
  /** A control's title in the report's language, else as it was frozen. */
  readonly titleOf: (control: string) => string;
  readonly format: ReportFormat;
}

/**
 * The monthly report of a snapshot (domain.md §6). Pure: the same input gives an equal report for ever.
 *
 * @throws RangeError when `previous` is not the snapshot that the content names
 */
export function buildReport({ snapshot, previous, locale, texts }: ReportInput): ReportModel {
  const { id, digest, content } = snapshot;
  if ((content.previous?.month ?? null) !== (previous?.month ?? null)) {
    throw new RangeError(`the snapshot before ${content.month} is ${content.previous?.month ?? 'none'}`);
  }
  const frozenTitles = new Map(content.catalogue.controls.map((control) => [control.id, control.title]));
  const context: ReportContext = {
    content,
    previous,
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
