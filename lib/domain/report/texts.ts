/** A text for one thing and a text for any other number of things. */
export type Counted = { readonly one: string; readonly other: string };

type Words<Key extends string> = Readonly<Record<Key, string>>;
/** Texts for ids that come with the data; an id without a text is shown as it is. */
type Table = Readonly<Record<string, string>>;

/**
 * The report's own words of one language, `messages/<locale>/reportDocument.json`. A placeholder is `{name}`.
 * Nothing here comes from `Intl`, whose data changes between releases of the runtime: the same snapshot has to give
 * the same bytes years later.
 */
export type DocumentTexts = Words<
  'title' | 'runningTitle' | 'subtitle' | 'demonstration' | 'restatement' | 'pageOf' | 'recordsNote'
> & {
  readonly footer: Words<'seal' | 'basis'>;
  readonly words: WordTexts;
  readonly headings: HeadingTexts;
  readonly columns: ColumnTexts;
  readonly sentences: SentenceTexts;
  readonly causes: Readonly<Record<'real' | 'decay' | 'scope' | 'method', Words<'name' | 'up' | 'down' | 'none'>>>;
  readonly decisions: Words<
    'capTitle' | 'controlTitle' | 'controlReason' | 'optionAct' | 'optionAccept' | 'optionWait'
  > & { readonly capReason: Counted };
  readonly duties: Words<'approval' | 'training' | 'registration'>;
  readonly basis: BasisTexts;
  readonly gaps: Table;
  readonly riskClasses: Table;
  readonly months: Table;
  readonly monthsShort: Table;
};

/** The words every page shares (`terms.json`, `controlTitles.json`), as far as the report prints them. */
export interface SharedTexts {
  readonly layers: Table;
  readonly layersShort: Table;
  readonly levels: Table;
  readonly classification: Table;
  readonly caps: Table;
  readonly controlTitles: Table;
}

/** All the words of a report. */
export type ReportTexts = DocumentTexts & SharedTexts;

type WordTexts = Words<
  | 'proven'
  | 'claimed'
  | 'open'
  | 'level'
  | 'levelWith'
  | 'weakest'
  | 'none'
  | 'group'
  | 'owner'
  | 'noOwner'
  | 'noDate'
  | 'unknown'
  | 'notEstimated'
  | 'more'
  | 'moreInSheet'
  | 'from'
  | 'yes'
  | 'no'
  | 'assessed'
  | 'notAssessed'
  | 'notApplicable'
  | 'total'
  | 'entity'
  | 'methodBreak'
  | 'legendLock'
  | 'legendStale'
  | 'legendProof'
> & { readonly entities: Counted; readonly items: Counted };

type HeadingTexts = Words<
  | 'change'
  | 'firstMonth'
  | 'trend'
  | 'decisions'
  | 'layers'
  | 'costliest'
  | 'reporting'
  | 'duties'
  | 'aiSystems'
  | 'suppliers'
  | 'overdue'
  | 'confidence'
  | 'annexHeatmap'
  | 'annexCostliest'
  | 'annexWork'
  | 'annexOverdue'
  | 'annexRenewals'
  | 'annexRegisters'
  | 'annexAi'
  | 'annexSuppliers'
  | 'annexLimits'
  | 'annexCaps'
  | 'annexGaps'
  | 'annexNotApplicable'
  | 'annexBasis'
>;

type ColumnTexts = Words<
  | 'month'
  | 'method'
  | 'country'
  | 'classification'
  | 'state'
  | 'level'
  | 'stale'
  | 'held'
  | 'number'
  | 'law'
  | 'key'
  | 'amount'
  | 'cause'
  | 'points'
  | 'meaning'
  | 'decision'
  | 'options'
  | 'owner'
  | 'due'
  | 'layer'
  | 'proven'
  | 'claimed'
  | 'floor'
  | 'change'
  | 'maturity'
  | 'control'
  | 'loss'
  | 'where'
  | 'value'
  | 'entities'
  | 'duty'
  | 'met'
  | 'lacking'
  | 'class'
  | 'systems'
  | 'expired'
  | 'expiring'
  | 'undated'
  | 'count'
  | 'oldest'
  | 'item'
  | 'entity'
  | 'record'
  | 'evidence'
  | 'controls'
  | 'validUntil'
  | 'system'
  | 'supplier'
  | 'criticality'
  | 'cap'
  | 'reason'
  | 'reviewOn'
  | 'gap'
  | 'fact'
  | 'statement'
>;

type SentenceTexts = Words<
  | 'headline'
  | 'headlineBare'
  | 'barAlt'
  | 'trendAlt'
  | 'trendAltOne'
  | 'gapsNone'
  | 'gapsSome'
  | 'changeUp'
  | 'changeDown'
  | 'changeNone'
  | 'firstMonth'
  | 'noDecisions'
  | 'noCostliest'
  | 'reportingReady'
  | 'reportingWeak'
  | 'reportingNone'
  | 'aiNone'
  | 'aiSome'
  | 'suppliersNone'
  | 'suppliersSome'
  | 'noOverdue'
  | 'noRenewals'
  | 'noCaps'
  | 'noGaps'
  | 'noNotApplicable'
  | 'coverage'
  | 'evidenceCoverage'
  | 'notApplicable'
  | 'noLaw'
  | 'heatmapIntro'
> & { readonly reportingLate: Counted; readonly stale: Counted };

type BasisTexts = Words<
  | 'organisation'
  | 'month'
  | 'asOf'
  | 'snapshot'
  | 'digest'
  | 'method'
  | 'catalogue'
  | 'restates'
  | 'entities'
  | 'evidence'
  | 'check'
  | 'sheetSummary'
  | 'sheetDecisions'
  | 'sheetHeatmap'
  | 'sheetCells'
  | 'sheetTrend'
  | 'sheetCostliest'
  | 'sheetDuties'
  | 'sheetOverdue'
  | 'sheetRenewals'
  | 'sheetAi'
  | 'sheetSuppliers'
  | 'sheetCaps'
  | 'sheetGaps'
  | 'sheetNotApplicable'
>;

/**
 * Puts values into the `{name}` places of a text.
 * @returns the text; a place without a value stays visible, so that a missing one is seen and not silently blank
 */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** The text for `count` things, with `{count}` and the other values filled in. */
export function fillCounted(
  text: Counted,
  count: number,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(count === 1 ? text.one : text.other, { count, ...values });
}
