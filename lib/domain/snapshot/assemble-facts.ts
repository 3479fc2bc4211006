import type { RaciFinding, RaciFindingKind } from '../raci/findings';
import type { AssessmentInput, ControlInput } from '../score/input';
import type { MethodR1 } from '../score/method';
import type { FrozenEntity } from './content';
import { proposeDecisions } from './decisions';
import type {
  FrozenAiSystem,
  FrozenExclusion,
  FrozenGap,
  FrozenMonth,
  FrozenRenewal,
  FrozenSupplier,
  GapKind,
  OverdueItem,
  ReportFacts,
} from './facts';
import { dayText } from './month';
import type { DueRenewal } from './renewals';

/** An assessment that is not excluded, as the database keeps it. Days are `YYYY-MM-DD`. */
export interface AssessmentFact {
  readonly id: string;
  readonly entity: string;
  readonly control: string;
  readonly unit: string | null;
  readonly unitName: string | null;
  readonly owner: string | null;
  readonly dueOn: string | null;
}

/** A request for evidence that nobody has answered yet. */
export interface RequestFact {
  readonly id: string;
  readonly entity: string;
  readonly control: string;
  readonly owner: string;
  readonly dueOn: string;
}

/** What a month's facts are made from. */
export interface FactSources {
  readonly day: number;
  readonly method: MethodR1;
  readonly entities: readonly FrozenEntity[];
  readonly assessments: readonly AssessmentFact[];
  readonly requests: readonly RequestFact[];
  readonly exclusions: readonly FrozenExclusion[];
  readonly findings: readonly RaciFinding[];
  /** The accountable person's name by `entity control`. */
  readonly accountable: ReadonlyMap<string, string>;
  readonly renewals: readonly DueRenewal[];
  readonly evidence: ReadonlyMap<string, { readonly title: string; readonly owner: string | null }>;
  readonly aiSystems: readonly FrozenAiSystem[];
  readonly suppliers: readonly FrozenSupplier[];
  readonly history: readonly FrozenMonth[];
  readonly controlOfCap: Readonly<Record<string, string>>;
}

/** Puts the facts of a month together; all of it follows from what the database held when the month was frozen. */
export function assembleFacts(sources: FactSources): Omit<ReportFacts, 'since'> {
  const scored = inScope(sources);
  const earliestDue = new Map<string, string>();
  for (const { fact } of scored) {
    const key = `${fact.entity} ${fact.control}`;
    const known = earliestDue.get(key);
    if (fact.dueOn !== null && (known === undefined || fact.dueOn < known)) earliestDue.set(key, fact.dueOn);
  }
  return {
    decisions: proposeDecisions({
      ...sources,
      chargeOf: (entity, control) => ({
        owner: sources.accountable.get(`${entity} ${control}`) ?? null,
        dueOn: earliestDue.get(`${entity} ${control}`) ?? null,
      }),
    }),
    overdue: overdueOf(sources, scored),
    gaps: gapsOf(sources.findings, scored),
    renewals: renewalsOf(sources),
    notApplicable: sources.exclusions,
    aiSystems: sources.aiSystems,
    suppliers: sources.suppliers,
    history: sources.history,
  };
}

interface ScopedFact {
  readonly fact: AssessmentFact;
  readonly isBelowTarget: boolean;
}

/** The assessments that the score counts, with whether they miss their target. */
function inScope({ entities, assessments }: FactSources): ScopedFact[] {
  const controls = new Map<string, ControlInput>();
  for (const { input } of entities) for (const one of input.controls) controls.set(`${input.id} ${one.id}`, one);
  return assessments.flatMap((fact) => {
    const marks = marksOf(controls.get(`${fact.entity} ${fact.control}`), fact.unit);
    if (!marks) return [];
    return [{ fact, isBelowTarget: (marks.documentation ?? 0) + (marks.implementation ?? 0) < 2 * marks.target }];
  });
}

/** What the score reads of an assessment: the unit's marks where the control has units, else the control's own. */
function marksOf(control: ControlInput | undefined, unit: string | null): AssessmentInput | undefined {
  const units = control?.units ?? [];
  if (units.length > 0) return units.find(({ id }) => id === unit);
  return unit === null ? control : undefined;
}

/** Work is overdue when its date has passed and its target is not reached, or nobody has answered the request. */
function overdueOf({ day, requests }: FactSources, scored: readonly ScopedFact[]): OverdueItem[] {
  const today = dayText(day);
  const assessments = scored.flatMap(({ fact, isBelowTarget }): OverdueItem[] => {
    const { id, entity, control, unitName, owner, dueOn } = fact;
    if (!isBelowTarget || dueOn === null || dueOn >= today) return [];
    return [{ kind: 'assessment', id, entity, control, unit: unitName, owner, dueOn }];
  });
  const asked = requests
    .filter((request) => request.dueOn < today)
    .map((request): OverdueItem => ({ kind: 'request', unit: null, ...request }));
  return [...assessments, ...asked].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const GAP_OF_FINDING: Partial<Record<RaciFindingKind, GapKind>> = {
  'no-accountable': 'no-accountable',
  'no-responsible': 'no-responsible',
  'left-person': 'left-person',
  'sole-doer': 'duties-conflict',
  'conflicting-duties': 'duties-conflict',
  'lost-independence': 'duties-conflict',
};

function gapsOf(findings: readonly RaciFinding[], scored: readonly ScopedFact[]): FrozenGap[] {
  const counts: Record<GapKind, number> = {
    'no-accountable': 0,
    'no-responsible': 0,
    'left-person': 0,
    'duties-conflict': 0,
    'no-owner': scored.filter(({ fact }) => fact.owner === null).length,
    'no-due-date': scored.filter(({ fact, isBelowTarget }) => isBelowTarget && fact.dueOn === null).length,
  };
  for (const { kind } of findings) {
    const gap = GAP_OF_FINDING[kind];
    if (gap) counts[gap] += 1;
  }
  return Object.entries(counts).map(([kind, count]) => ({ kind: kind as GapKind, count }));
}

function renewalsOf({ renewals, evidence }: FactSources): FrozenRenewal[] {
  return renewals.map(({ evidence: id, lastDay, controls }) => ({
    id,
    title: evidence.get(id)?.title ?? id,
    owner: evidence.get(id)?.owner ?? null,
    validUntil: dayText(lastDay),
    controls,
  }));
}
