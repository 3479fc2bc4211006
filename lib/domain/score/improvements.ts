import type { AssessmentInput, ControlInput, EvidenceInput, Mark } from './input';
import type { MethodR1, Strength } from './method';

/** A single change to one control or one unit of it. */
export type Improvement =
  | MarkImprovement
  | (Place & { readonly kind: 'renewal'; readonly evidenceId: string | null; readonly strength: Strength })
  | (Place & { readonly kind: 'evidence'; readonly strength: Strength });

export interface MarkImprovement extends Place {
  readonly kind: 'documentation' | 'implementation';
  readonly from: Mark | null;
  readonly to: Mark;
}

interface Place {
  readonly controlId: string;
  readonly unitId: string | null;
}

/** An improvement with the control as it would be after it. */
export interface ImprovedControl {
  readonly step: Improvement;
  readonly improved: ControlInput;
}

type ChangedAssessment = Pick<AssessmentInput, 'documentation' | 'implementation' | 'evidence'>;

/**
 * The single changes worth trying on a control: a mark raised to the target, the strongest evidence item renewed
 * today, or evidence of the expected strength where there is none as strong.
 */
export function improvementsOf(control: ControlInput, day: number, method: MethodR1): ImprovedControl[] {
  const { units } = control;
  if (units === undefined || units.length === 0) {
    return changesOf(control, { controlId: control.id, unitId: null }, day, method).map(({ step, change }) => ({
      step,
      improved: { ...control, ...change },
    }));
  }
  return units.flatMap((unit) =>
    changesOf(unit, { controlId: control.id, unitId: unit.id }, day, method).map(({ step, change }) => ({
      step,
      improved: { ...control, units: units.map((other) => (other === unit ? { ...unit, ...change } : other)) },
    })),
  );
}

function changesOf(assessment: AssessmentInput, place: Place, day: number, method: MethodR1) {
  const changes: { step: Improvement; change: ChangedAssessment }[] = [];
  const target = Math.min(5, Math.max(0, Math.ceil(assessment.target))) as Mark;
  for (const kind of ['documentation', 'implementation'] as const) {
    const from = assessment[kind];
    if ((from ?? 0) >= target) continue;
    changes.push({ step: { kind, ...place, from, to: target }, change: { ...assessment, [kind]: target } });
  }
  const strongest = strongestOf(assessment.evidence, day, method);
  const expected = assessment.expectedStrength;
  if (strongest !== null) {
    const { id = null, strength, validityDays } = strongest;
    changes.push({
      step: { kind: 'renewal', ...place, evidenceId: id, strength },
      change: withEvidence(assessment, { strength, collectedDay: day, validityDays }),
    });
  }
  if (
    expected !== undefined &&
    (strongest === null || method.strengths[expected] > method.strengths[strongest.strength])
  ) {
    changes.push({
      step: { kind: 'evidence', ...place, strength: expected },
      // Its validity does not matter: it is as fresh as can be on the day it is collected.
      change: withEvidence(assessment, { strength: expected, collectedDay: day, validityDays: 1 }),
    });
  }
  return changes;
}

function withEvidence(assessment: AssessmentInput, added: EvidenceInput): ChangedAssessment {
  return { ...assessment, evidence: [...assessment.evidence, added] };
}

/** The strongest item collected by `day`, the newest among equals. */
function strongestOf(evidence: readonly EvidenceInput[], day: number, method: MethodR1): EvidenceInput | null {
  let strongest: EvidenceInput | null = null;
  for (const item of evidence) {
    if (item.collectedDay > day) continue;
    if (strongest === null || isBetter(item, strongest, method)) strongest = item;
  }
  return strongest;
}

function isBetter(item: EvidenceInput, than: EvidenceInput, method: MethodR1): boolean {
  const difference = method.strengths[item.strength] - method.strengths[than.strength];
  return difference > 0 || (difference === 0 && item.collectedDay > than.collectedDay);
}
