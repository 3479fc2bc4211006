import { addMonths } from '../score/calendar';
import type { CapFacts } from '../score/caps';
import { targetLevel, type ScoringRules, type StoredEntity } from '../score/entity-input';

/** What the database knows of an entity beyond its marks that decides hard caps. Days since 1970-01-01. */
export interface StoredDuties {
  /** Last accepted minutes in which the management body approved the measures (evidence of GOV-01). */
  readonly boardApprovedDay: number | null;
  /** Last accepted confirmation of registration (evidence of GOV-13). */
  readonly registrationConfirmedDay: number | null;
  readonly aiSystems: readonly {
    readonly criticality: number;
    readonly isProhibited: boolean;
    readonly authorisedUntilDay: number | null;
  }[];
  /** Marks that were set and have no owner or no due date. */
  readonly unmanagedMarks: readonly UnmanagedMark[];
}

export interface UnmanagedMark {
  readonly control: string;
  readonly documentation: number | null;
  readonly implementation: number | null;
  readonly target: number | null;
  readonly assessedDay: number;
  readonly hasOwner: boolean;
  readonly hasDueDate: boolean;
}

/** A member of the management body. */
export interface BoardMember {
  readonly appointedDay: number;
  /** Last accepted and passed training of the management body (evidence of CUL-01); `null` = none. */
  readonly trainedDay: number | null;
  /** Entities the membership is limited to; `null` = all. */
  readonly entityIds: readonly string[] | null;
}

/** Rules that also say which controls are measures of Article 21(2), with their weight. */
export interface DutyRules extends ScoringRules {
  readonly measures: ReadonlyMap<string, number>;
}

/** Classes that owe a registration under Articles 3(4) and 27. */
const REGISTERED_CLASSES = ['essential', 'important', 'domain_registration_only'];
const TRAINING_VALID_MONTHS = 12;
const HIGHEST_CRITICALITY = 3;

/**
 * The facts hard caps are decided on, from what this release records. Reporting duties and overdue changes of a
 * registration have no register yet and therefore open no cap.
 *
 * @param applicable controls that apply to the entity by its facts
 */
export function capFactsOf(
  entity: StoredEntity & StoredDuties,
  applicable: ReadonlySet<string>,
  members: readonly BoardMember[],
  rules: DutyRules,
): CapFacts {
  return {
    boardApprovedDay: entity.boardApprovedDay,
    boardMembers: members
      .filter((member) => member.entityIds === null || member.entityIds.includes(entity.id))
      .map(({ appointedDay, trainedDay }) => ({
        appointedDay,
        trainedUntilDay: trainedDay === null ? null : addMonths(trainedDay, TRAINING_VALID_MONTHS),
      })),
    registration: {
      required: REGISTERED_CLASSES.includes(entity.classification),
      confirmedDay: entity.registrationConfirmedDay,
      changeDueDay: null,
    },
    openReportingDuties: [],
    openGaps: entity.unmanagedMarks.flatMap((mark) => {
      const weight = rules.measures.get(mark.control);
      if (weight === undefined || !applicable.has(mark.control)) return [];
      if (!isBelowTarget(mark, targetLevel(rules, entity.classification, weight))) return [];
      return [{ recordedDay: mark.assessedDay, hasOwner: mark.hasOwner, hasDueDate: mark.hasDueDate }];
    }),
    openProhibitedFindings: entity.aiSystems.filter((system) => system.isProhibited).length,
    criticalAiSystems: entity.aiSystems.filter((system) => system.criticality >= HIGHEST_CRITICALITY),
  };
}

function isBelowTarget({ documentation, implementation, target }: UnmanagedMark, usual: number): boolean {
  return (documentation ?? 0) + (implementation ?? 0) < 2 * (target ?? usual);
}
