import { addMonths } from './calendar';
import type { OpenCap, Reason } from './input';
import type { CapId, MethodR1 } from './method';

/** What the hard caps are decided on. Days are whole days since 1970-01-01; instants are epoch milliseconds. */
export interface CapFacts {
  /** Day of the last approval of the measures by the management body; `null` = never (Article 20(1)). */
  readonly boardApprovedDay: number | null;
  readonly boardMembers: readonly {
    readonly appointedDay: number;
    /** Last day on which the member's training is valid; `null` = never trained (Article 20(2)). */
    readonly trainedUntilDay: number | null;
  }[];
  readonly registration: {
    /** `false` for entities that owe no registration. */
    readonly required: boolean;
    /** Day of the authority's confirmation; `null` = none on file. */
    readonly confirmedDay: number | null;
    /** Last day for reporting a change that is not yet reported; `null` = no change open (Article 3(4)). */
    readonly changeDueDay: number | null;
  };
  /** Reporting duties not yet decided, filed or discharged (Article 23). */
  readonly openReportingDuties: readonly { readonly dueAt: number }[];
  /** Recorded gaps in Article 21(2) measures not yet closed (Article 21(4)). */
  readonly openGaps: readonly {
    readonly recordedDay: number;
    readonly hasOwner: boolean;
    readonly hasDueDate: boolean;
  }[];
  /** Open findings of a prohibited practice (AI Act, Article 5). */
  readonly openProhibitedFindings: number;
  /** AI systems of the highest criticality that are running. */
  readonly criticalAiSystems: readonly {
    /** Last day of the authorisation, any approved extension included; `null` = it has no end date yet. */
    readonly authorisedUntilDay: number | null;
  }[];
}

/** The moment caps are judged at: an instant for legal clocks, its day for everything else. */
export interface Moment {
  readonly day: number;
  readonly instant: number;
}

type Rule = (facts: CapFacts, now: Moment) => Reason | null;

const APPROVAL_MONTHS = 12;
const TRAINING_GRACE_MONTHS = 3;
const GAP_GRACE_DAYS = 30;

/** One rule per cap of scoring.json, in its order. */
const RULES: Readonly<Record<CapId, Rule>> = {
  'cap-board-approval': boardApproval,
  'cap-board-training': boardTraining,
  'cap-registration': registration,
  'cap-reporting': ({ openReportingDuties }, { instant }) =>
    counted('score.caps.reporting.overdue', openReportingDuties.filter((duty) => duty.dueAt < instant).length),
  'cap-known-gap': ({ openGaps }, { day }) => {
    const unmanaged = openGaps.filter(
      (gap) => !(gap.hasOwner && gap.hasDueDate) && day > gap.recordedDay + GAP_GRACE_DAYS,
    );
    return counted('score.caps.knownGap.unmanaged', unmanaged.length);
  },
  'cap-prohibited-ai': ({ openProhibitedFindings }) => counted('score.caps.prohibitedAi.open', openProhibitedFindings),
  'cap-expired-model': ({ criticalAiSystems }, { day }) => {
    const expired = criticalAiSystems.filter((system) => isBefore(system.authorisedUntilDay, day));
    return counted('score.caps.expiredModel.expired', expired.length);
  },
};

/**
 * The hard caps open at a moment, with the method's values and the reason of each. Without new facts a cap that is
 * open stays open, provided no fact is dated after the moment.
 */
export function openCaps(facts: CapFacts, now: Moment, method: MethodR1): OpenCap[] {
  return (Object.keys(RULES) as CapId[]).flatMap((id) => {
    const reason = RULES[id](facts, now);
    return reason === null ? [] : [{ id, cap: method.caps[id], reason }];
  });
}

function boardApproval({ boardApprovedDay }: CapFacts, { day }: Moment): Reason | null {
  if (boardApprovedDay === null) return { key: 'score.caps.boardApproval.never', params: {} };
  const lastDay = addMonths(boardApprovedDay, APPROVAL_MONTHS);
  return day > lastDay ? { key: 'score.caps.boardApproval.expired', params: { lastDay } } : null;
}

function boardTraining({ boardMembers }: CapFacts, { day }: Moment): Reason | null {
  const untrained = boardMembers.filter(
    (member) =>
      day > addMonths(member.appointedDay, TRAINING_GRACE_MONTHS) &&
      (member.trainedUntilDay === null || day > member.trainedUntilDay),
  );
  return counted('score.caps.boardTraining.untrained', untrained.length, boardMembers.length);
}

function registration(
  { registration: { required, confirmedDay, changeDueDay } }: CapFacts,
  { day }: Moment,
): Reason | null {
  if (!required) return null;
  if (confirmedDay === null) return { key: 'score.caps.registration.missing', params: {} };
  if (!isBefore(changeDueDay, day)) return null;
  return { key: 'score.caps.registration.changeOverdue', params: { dueDay: changeDueDay } };
}

function counted(key: string, count: number, total?: number): Reason | null {
  if (count === 0) return null;
  return { key, params: total === undefined ? { count } : { count, total } };
}

function isBefore(lastDay: number | null, day: number): lastDay is number {
  return lastDay !== null && lastDay < day;
}
