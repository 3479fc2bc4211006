import { dayNumber } from '../snapshot/month';
import type { ReportContext } from './report-context';
import type { AiSystems, DutyState, ReportingState, Suppliers } from './model';
import { fill, fillCounted } from './texts';

/** The controls that carry Article 23: who reports what by when, and who decides that an incident is significant. */
const REPORTING_CONTROLS = ['MON-01', 'MON-02', 'MON-03'];
const REPORTING_CAP = 'cap-reporting';
/** Half proven: below it the reporting chain is named as weak. */
const WEAK_BP = 5_000;
const EXPIRING_DAYS = 90;
const RISK_CLASSES = ['prohibited', 'high', 'limited', 'minimal', 'unknown'];

/** A duty is met where the cap that stands for it is not open. */
const DUTIES = [
  { duty: 'approval', cap: 'cap-board-approval', law: 'NIS2 20(1)', control: 'GOV-01' },
  { duty: 'training', cap: 'cap-board-training', law: 'NIS2 20(2)', control: 'CUL-01' },
  { duty: 'registration', cap: 'cap-registration', law: 'NIS2 3(4), 27', control: 'GOV-13' },
] as const;
/** The classes of entity that Articles 20 and 27 bind. */
const BOUND = ['essential', 'important'];

/** How ready the group is to report an incident, and whether a report is late. */
export function reportingState({ content, texts, titleOf, format }: ReportContext): ReportingState {
  const controls = REPORTING_CONTROLS.flatMap((id) => {
    const values = content.entities.flatMap(({ name, input, score }) => {
      const value = score.controls.find((control) => control.id === id && control.counted);
      return value ? [{ name, weight: input.criticality, provenBp: value.proven }] : [];
    });
    const weakest = values.toSorted((a, b) => a.provenBp - b.provenBp)[0];
    if (!weakest) return [];
    const weight = values.reduce((sum, value) => sum + value.weight, 0);
    const mean = values.reduce((sum, value) => sum + value.weight * value.provenBp, 0) / weight;
    return [
      {
        control: id,
        title: titleOf(id),
        provenBp: Math.floor(mean),
        weakestEntity: weakest.name,
        weakestBp: weakest.provenBp,
      },
    ];
  });
  const late = content.entities.filter(({ score }) => score.caps.some((cap) => cap.id === REPORTING_CAP)).length;
  const weakest = controls.toSorted((a, b) => a.weakestBp - b.weakestBp)[0];
  const sentence = !weakest
    ? texts.sentences.reportingNone
    : late > 0
      ? fillCounted(texts.sentences.reportingLate, late)
      : weakest.weakestBp >= WEAK_BP
        ? texts.sentences.reportingReady
        : fill(texts.sentences.reportingWeak, {
            title: weakest.title,
            control: weakest.control,
            entity: weakest.weakestEntity,
            score: format.score(weakest.weakestBp),
          });
  return { sentence, controls, entitiesLate: late };
}

/** Approval, training and registration: in how many of the entities that owe them they are met, and where not. */
export function dutyStates({ content }: ReportContext): DutyState[] {
  const bound = content.entities.filter((entity) => BOUND.includes(entity.classification));
  return DUTIES.map(({ duty, cap, law, control }) => {
    const lacking = bound.filter(({ score }) => score.caps.some(({ id }) => id === cap)).map(({ name }) => name);
    return { duty, law, control, met: bound.length - lacking.length, of: bound.length, lacking: lacking.toSorted() };
  });
}

/** AI systems by class under the AI Act and by end date. */
export function aiSystemsOf({ content, texts }: ReportContext): AiSystems {
  const names = new Map(content.entities.map((entity) => [entity.input.id, entity.name]));
  const today = content.asOf.slice(0, 10);
  const systems = content.facts.aiSystems.map((system) => ({
    ...system,
    riskClass: system.riskClass ?? 'unknown',
    isExpired: system.expiresOn !== null && system.expiresOn < today,
    isExpiring: system.expiresOn !== null && dayNumber(system.expiresOn) - dayNumber(today) <= EXPIRING_DAYS,
  }));
  const classes = [...new Set([...RISK_CLASSES, ...systems.map((system) => system.riskClass)])];
  const count = (of: typeof systems) => ({
    total: of.length,
    expired: of.filter((system) => system.isExpired).length,
    expiring: of.filter((system) => system.isExpiring && !system.isExpired).length,
    undated: of.filter((system) => system.expiresOn === null).length,
  });
  const { aiNone, aiSome } = texts.sentences;
  return {
    sentence: systems.length === 0 ? aiNone : fill(aiSome, count(systems)),
    classes: classes
      .map((riskClass) => ({ riskClass, ...count(systems.filter((system) => system.riskClass === riskClass)) }))
      .filter((line) => line.total > 0),
    dated: systems
      .flatMap(({ id, name, entity, riskClass, expiresOn, isExpired }) =>
        expiresOn === null
          ? []
          : [
              {
                name,
                entity: names.get(entity) ?? entity,
                riskClass,
                expiresOn,
                isExpired,
                ref: { kind: 'ai-system' as const, id },
              },
            ],
      )
      .toSorted((a, b) => compare(a.expiresOn, b.expiresOn) || compare(a.name, b.name)),
  };
}

/** Suppliers, and those nobody has assessed, most critical first. */
export function suppliersOf({ content, texts }: ReportContext): Suppliers {
  const names = new Map(content.entities.map((entity) => [entity.input.id, entity.name]));
  const { suppliers } = content.facts;
  const unassessed = suppliers
    .filter((supplier) => !supplier.isAssessed)
    .toSorted((a, b) => b.criticality - a.criticality || compare(a.name, b.name));
  const total = suppliers.length;
  const critical = suppliers.filter((supplier) => supplier.isCritical).length;
  const { suppliersNone, suppliersSome } = texts.sentences;
  return {
    sentence: total === 0 ? suppliersNone : fill(suppliersSome, { total, critical, unassessed: unassessed.length }),
    total,
    critical,
    unassessed: unassessed.map(({ id, name, entity, criticality }) => ({
      name,
      entity: names.get(entity) ?? entity,
      criticality,
      ref: { kind: 'supplier', id },
    })),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
