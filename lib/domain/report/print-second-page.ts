import { clip } from './format';
import type { PrintContext, PrintTable } from './print-context';
import { fill } from './texts';

const MOST_CONTROLS = 5;
const MOST_OWNERS = 5;
const MOST_NAMES = 2;
/** One line of the columns for names. */
const LONGEST_NAME = 34;

/** Page two: the layers, what costs most, the law's duties, AI and suppliers, late work, and how sure all this is. */
export function printSecondPage(context: PrintContext) {
  return {
    layers: layers(context),
    costliest: costliest(context),
    reporting: reporting(context),
    duties: duties(context),
    aiSystems: aiSystems(context),
    suppliers: { heading: context.texts.headings.suppliers, sentence: context.model.suppliers.sentence },
    overdue: overdue(context),
    confidence: {
      heading: context.texts.headings.confidence,
      sentences: context.model.confidence.sentences,
    },
  };
}

function layers({ model, texts, format }: PrintContext) {
  const { layer, proven, claimed, floor, maturity, change } = texts.columns;
  return {
    heading: texts.headings.layers,
    head: [layer, proven, claimed, floor, maturity, change],
    rows: model.layers.map((line) => ({
      id: line.layer,
      name: line.name,
      proven: line.provenBp,
      claimed: line.claimedBp,
      floor: line.floorBp,
      cells: [
        format.score(line.provenBp),
        format.score(line.claimedBp),
        line.floorBp === null ? '–' : format.score(line.floorBp),
        format.hundredths(line.maturityHundredths),
        line.deltaBp === null ? '–' : format.points(line.deltaBp),
      ],
    })),
  };
}

function costliest({ model, texts, format }: PrintContext): PrintTable {
  const { number, control, loss, where, value } = texts.columns;
  const rows = model.costliest.slice(0, MOST_CONTROLS);
  return {
    heading: texts.headings.costliest,
    head: [number, control, loss, where, value],
    rows: rows.map((line) => [
      line.control,
      line.title,
      format.points(-line.lossBp),
      clip(line.worstEntity, LONGEST_NAME),
      format.score(line.worstValueBp),
    ]),
    empty: texts.sentences.noCostliest,
    more: more(model.costliest.length - rows.length, 'B', texts.words.more),
  };
}

function reporting({ model, texts, format }: PrintContext) {
  const { number, control, proven } = texts.columns;
  return {
    heading: texts.headings.reporting,
    sentence: model.reporting.sentence,
    head: [number, control, proven],
    rows: model.reporting.controls.map((line) => [line.control, line.title, format.score(line.provenBp)]),
  };
}

function duties({ model, texts }: PrintContext) {
  const { duty, law, met, lacking } = texts.columns;
  return {
    heading: texts.headings.duties,
    head: [duty, law, met, lacking],
    rows: model.duties.map((line) => [
      texts.duties[line.duty],
      `${line.law} · ${line.control}`,
      line.of === 0 ? texts.words.unknown : `${line.met}/${line.of}`,
      nameSome(line.lacking),
    ]),
  };
}

function aiSystems({ model, texts }: PrintContext) {
  const { class: riskClass, systems, expired, expiring, undated } = texts.columns;
  return {
    heading: texts.headings.aiSystems,
    sentence: model.aiSystems.sentence,
    head: [riskClass, systems, expired, expiring, undated],
    rows: model.aiSystems.classes.map((line) => [
      texts.riskClasses[line.riskClass] ?? line.riskClass,
      String(line.total),
      String(line.expired),
      String(line.expiring),
      String(line.undated),
    ]),
  };
}

function overdue({ model, texts, format }: PrintContext): PrintTable {
  const { owner, count, oldest } = texts.columns;
  const rows = model.overdue.slice(0, MOST_OWNERS);
  return {
    heading: texts.headings.overdue,
    head: [owner, count, oldest],
    rows: rows.map((line) => [
      clip(line.owner ?? texts.words.noOwner, LONGEST_NAME),
      String(line.count),
      format.dayShort(line.oldestDueOn),
    ]),
    empty: texts.sentences.noOverdue,
    more: more(model.overdue.length - rows.length, 'C', texts.words.more),
  };
}

function more(count: number, annex: string, text: string): string {
  return count > 0 ? fill(text, { count, annex }) : '';
}

function nameSome(names: readonly string[]): string {
  if (names.length === 0) return '–';
  const shown = names.slice(0, MOST_NAMES).map((name) => clip(name, LONGEST_NAME));
  return shown.join(', ') + (names.length > MOST_NAMES ? ` +${names.length - MOST_NAMES}` : '');
}
