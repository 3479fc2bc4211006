import { shortRef } from './format';
import { fill, type ReportTexts } from './texts';
import type { PrintContext, PrintTable } from './print-context';

/** A page's worth; the spreadsheet has them all. */
const MOST_CONTROLS = 30;
/** What a reader of paper looks through at most. */
const MOST_ROWS = 60;

/** Annexes B to F: the lists behind the two pages, in full. */
export function printAnnexes(context: PrintContext) {
  const { headings } = context.texts;
  return {
    costliest: costliest(context),
    work: { heading: headings.annexWork, overdue: overdue(context), renewals: renewals(context) },
    registers: { heading: headings.annexRegisters, aiSystems: aiSystems(context), suppliers: suppliers(context) },
    limits: {
      heading: headings.annexLimits,
      caps: caps(context),
      gaps: gaps(context),
      notApplicable: notApplicable(context),
    },
    basis: basis(context),
  };
}

function costliest({ model, texts, format }: PrintContext): PrintTable {
  const { number, control, key, loss, entities, where, value } = texts.columns;
  return table(
    texts.headings.annexCostliest,
    [number, control, key, loss, entities, where, value],
    model.costliest.map((line) => [
      line.control,
      line.title,
      line.isKey ? texts.words.yes : '',
      format.points(-line.lossBp),
      String(line.entities),
      line.worstEntity,
      format.score(line.worstValueBp),
    ]),
    texts.sentences.noCostliest,
    texts,
    MOST_CONTROLS,
  );
}

function overdue({ model, texts, format }: PrintContext): PrintTable {
  const { owner, item, entity, due, record } = texts.columns;
  return table(
    texts.headings.annexOverdue,
    [owner, item, entity, due, record],
    model.overdue.flatMap((backlog) =>
      backlog.items.map((line, index) => [
        index === 0 ? (backlog.owner ?? texts.words.noOwner) : '',
        `${line.control} ${line.title}`,
        line.entity,
        format.dayShort(line.dueOn),
        shortRef(line.ref.id),
      ]),
    ),
    texts.sentences.noOverdue,
    texts,
  );
}

function renewals({ model, texts, format }: PrintContext): PrintTable {
  const { evidence, owner, controls, validUntil, record } = texts.columns;
  return table(
    texts.headings.annexRenewals,
    [evidence, owner, controls, validUntil, record],
    model.renewals.map((line) => [
      line.title,
      line.owner ?? texts.words.noOwner,
      String(line.controls),
      format.dayShort(line.validUntil),
      shortRef(line.ref.id),
    ]),
    texts.sentences.noRenewals,
    texts,
  );
}

function aiSystems({ model, texts, format }: PrintContext): PrintTable {
  const { system, entity, class: riskClass, validUntil, record } = texts.columns;
  return table(
    texts.headings.annexAi,
    [system, entity, riskClass, validUntil, record],
    model.aiSystems.dated.map((line) => [
      line.name,
      line.entity,
      texts.riskClasses[line.riskClass] ?? line.riskClass,
      format.dayShort(line.expiresOn),
      shortRef(line.ref.id),
    ]),
    texts.sentences.aiNone,
    texts,
  );
}

function suppliers({ model, texts }: PrintContext): PrintTable {
  const { supplier, entity, criticality, record } = texts.columns;
  return table(
    texts.headings.annexSuppliers,
    [supplier, entity, criticality, record],
    model.suppliers.unassessed.map((line) => [line.name, line.entity, String(line.criticality), shortRef(line.ref.id)]),
    model.suppliers.sentence,
    texts,
  );
}

function caps({ model, texts, format }: PrintContext): PrintTable {
  const { cap, reason, entity, record } = texts.columns;
  return table(
    texts.headings.annexCaps,
    [cap, reason, entity, record],
    model.caps.map((line) => [format.score(line.capBp), line.label, line.entity, shortRef(line.ref.id)]),
    texts.sentences.noCaps,
    texts,
  );
}

function gaps({ model, texts }: PrintContext): PrintTable {
  return table(
    texts.headings.annexGaps,
    [texts.columns.gap, texts.columns.amount],
    model.gaps.map((line) => [line.label, String(line.count)]),
    texts.sentences.noGaps,
    texts,
  );
}

function notApplicable({ model, texts, format }: PrintContext): PrintTable {
  const { control, entity, reason, reviewOn, record } = texts.columns;
  return table(
    texts.headings.annexNotApplicable,
    [control, entity, reason, reviewOn, record],
    model.notApplicable.map((line) => [
      `${line.control} ${line.title}`,
      line.entity,
      line.reason,
      line.until ? format.dayShort(line.until) : texts.words.noDate,
      shortRef(line.ref.id),
    ]),
    texts.sentences.noNotApplicable,
    texts,
  );
}

function basis({ model: { about }, texts, format }: PrintContext) {
  const { basis: labels, columns, headings } = texts;
  const rows = [
    [labels.organisation, about.organisation],
    [labels.month, format.month(about.month)],
    [labels.asOf, format.instant(about.asOf, about.zone)],
    [labels.snapshot, about.snapshotId],
    [labels.digest, about.digest],
    ...(about.restates ? [[labels.restates, about.restates]] : []),
    [labels.method, about.method],
    [labels.catalogue, about.catalogueVersion],
    [labels.entities, String(about.entities)],
    [labels.evidence, String(about.evidence)],
  ];
  return { ...table(headings.annexBasis, [columns.fact, columns.statement], rows, '', texts), check: labels.check };
}

/** A table of at most `MOST_ROWS` rows; the rest is left to the spreadsheet, and that is said. */
function table(
  heading: string,
  head: string[],
  rows: string[][],
  empty: string,
  { words }: ReportTexts,
  mostRows = MOST_ROWS,
): PrintTable {
  const left = rows.length - mostRows;
  return {
    heading,
    head,
    rows: rows.slice(0, mostRows),
    empty,
    more: left > 0 ? fill(words.moreInSheet, { count: left }) : '',
  };
}
