import { article23Rows } from './article-23-rows';
import { nationalRows } from './national-rows';
import { parallelRows } from './parallel-rows';
import { type ObligationTemplate, readTemplate, type TemplateRow } from './template';

/**
 * The obligation templates the product ships, from the catalogue files `incident-reporting.json` (stages, clocks,
 * fields) and `national-authorities.json` (what a country does differently). Rows are plain JSON, fit to be stored,
 * edited and approved.
 * @throws MalformedData if the catalogue holds a stage, regime or national rule nobody has mapped yet.
 */
export function catalogueTemplateRows(reporting: unknown, authorities: unknown): readonly TemplateRow[] {
  const directive = article23Rows(reporting);
  return [...directive, ...nationalRows(authorities, directive), ...parallelRows(reporting)];
}

/** The same, read and checked, ready for the generator. */
export function catalogueTemplates(reporting: unknown, authorities: unknown): readonly ObligationTemplate[] {
  return catalogueTemplateRows(reporting, authorities).map((row) => readTemplate(row, `template ${row.id}`));
}
