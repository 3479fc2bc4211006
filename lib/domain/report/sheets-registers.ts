import { toPoints } from '../score/points';
import type { ReportModel } from './model';
import { column, type ReportSheet } from './sheet';
import type { ReportTexts } from './texts';

const ID_WIDTH = 38;
const TITLE_WIDTH = 50;

/** The sheets of duties, work, registers and limits. */
export function registerSheets(model: ReportModel, texts: ReportTexts): ReportSheet[] {
  return [
    duties(model, texts),
    overdue(model, texts),
    renewals(model, texts),
    aiSystems(model, texts),
    suppliers(model, texts),
    caps(model, texts),
    gaps(model, texts),
    notApplicable(model, texts),
  ];
}

function duties(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { duty, law, number, met, entities, lacking } = texts.columns;
  return {
    name: texts.basis.sheetDuties,
    columns: [
      column(duty, 'text', TITLE_WIDTH),
      column(law),
      column(number, 'text', 12),
      column(met, 'count'),
      column(entities, 'count'),
      column(lacking, 'text', 80),
    ],
    rows: model.duties.map((line) => [
      texts.duties[line.duty],
      line.law,
      line.control,
      line.met,
      line.of,
      line.lacking.join('; '),
    ]),
  };
}

function overdue(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { owner, item, number, entity, due, record } = texts.columns;
  return {
    name: texts.basis.sheetOverdue,
    columns: [
      column(owner),
      column(number, 'text', 12),
      column(item, 'text', TITLE_WIDTH),
      column(entity, 'text', 44),
      column(due, 'day'),
      column(record, 'text', ID_WIDTH),
    ],
    rows: model.overdue.flatMap((backlog) =>
      backlog.items.map((line) => [
        backlog.owner ?? texts.words.noOwner,
        line.control,
        line.title,
        line.entity,
        line.dueOn,
        line.ref.id,
      ]),
    ),
  };
}

function renewals(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { evidence, owner, controls, validUntil, record } = texts.columns;
  return {
    name: texts.basis.sheetRenewals,
    columns: [
      column(evidence, 'text', TITLE_WIDTH),
      column(owner),
      column(controls, 'count'),
      column(validUntil, 'day'),
      column(record, 'text', ID_WIDTH),
    ],
    rows: model.renewals.map((line) => [
      line.title,
      line.owner ?? texts.words.noOwner,
      line.controls,
      line.validUntil,
      line.ref.id,
    ]),
  };
}

function aiSystems(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { system, entity, class: riskClass, validUntil, record } = texts.columns;
  return {
    name: texts.basis.sheetAi,
    columns: [
      column(system, 'text', TITLE_WIDTH),
      column(entity, 'text', 44),
      column(riskClass, 'text', 18),
      column(validUntil, 'day'),
      column(record, 'text', ID_WIDTH),
    ],
    rows: model.aiSystems.dated.map((line) => [
      line.name,
      line.entity,
      texts.riskClasses[line.riskClass] ?? line.riskClass,
      line.expiresOn,
      line.ref.id,
    ]),
  };
}

function suppliers(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { supplier, entity, criticality, record } = texts.columns;
  return {
    name: texts.basis.sheetSuppliers,
    columns: [
      column(supplier, 'text', TITLE_WIDTH),
      column(entity, 'text', 44),
      column(criticality, 'count'),
      column(record, 'text', ID_WIDTH),
    ],
    rows: model.suppliers.unassessed.map((line) => [line.name, line.entity, line.criticality, line.ref.id]),
  };
}

function caps(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { cap, reason, entity, record } = texts.columns;
  return {
    name: texts.basis.sheetCaps,
    columns: [
      column(cap, 'score'),
      column(reason, 'text', 70),
      column(entity, 'text', 44),
      column(record, 'text', ID_WIDTH),
    ],
    rows: model.caps.map((line) => [toPoints(line.capBp), line.label, line.entity, line.ref.id]),
  };
}

function gaps(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { gap, amount } = texts.columns;
  return {
    name: texts.basis.sheetGaps,
    columns: [column(gap, 'text', 70), column(amount, 'count')],
    rows: model.gaps.map((line) => [line.label, line.count]),
  };
}

function notApplicable(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { number, control, entity, reason, reviewOn, record } = texts.columns;
  return {
    name: texts.basis.sheetNotApplicable,
    columns: [
      column(number, 'text', 12),
      column(control, 'text', TITLE_WIDTH),
      column(entity, 'text', 44),
      column(reason, 'text', 70),
      column(reviewOn, 'day'),
      column(record, 'text', ID_WIDTH),
    ],
    rows: model.notApplicable.map((line) => [
      line.control,
      line.title,
      line.entity,
      line.reason,
      line.until,
      line.ref.id,
    ]),
  };
}
