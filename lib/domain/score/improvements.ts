import { claimOf, limitedMeanOfUnits, standingUnits, valuesOfAssessment } from './control';
import type { AssessmentInput, ControlInput, EvidenceInput, Mark } from './input';
import type { MethodR1, Strength } from './method';
import { carriedBy } from './support';
import { toUnits } from './units';

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

/** An improvement with the proven value the control would then have, in units. */
export interface ImprovedControl {
  readonly step: Improvement;
  readonly proven: number;
}

/**
 * The single changes worth trying on a control: a mark raised to the target, the strongest evidence item renewed
 * today, or evidence of the expected strength where there is none as strong.
 */
export function improvementsOf(control: ControlInput, day: number, method: MethodR1): ImprovedControl[] {
  if (control.units === undefined || control.units.length === 0) {
    return improvementsOfAssessment(control, { controlId: control.id, unitId: null }, day, method);
  }
  const standing = standingUnits(control, day);
  const units = standing.map(({ unit }) => unit);
  const values = standing.map(({ unit, lapsed }) => (lapsed ? 0 : valuesOfAssessment(unit, day, method).proven));
  return units.flatMap((unit, index) =>
    improvementsOfAssessment(unit, { controlId: control.id, unitId: unit.id }, day, method).map(({ step, proven }) => ({
      step,
      proven: limitedMeanOfUnits(units, values.with(index, proven), method),
    })),
  );
}

function improvementsOfAssessment(
  assessment: AssessmentInput,
  place: Place,
  day: number,
  method: MethodR1,
): ImprovedControl[] {
  const now = valuesOfAssessment(assessment, day, method);
  return [
    ...markSteps(assessment, place).map((step) => ({
      step,
      proven: Math.min(claimWith(assessment, step), carriedBy(now.support, method)),
    })),
    ...proofSteps(assessment, place, day, method).map((step) => ({
      step,
      // Fresh today it counts in full, and nothing at hand is stronger.
      proven: Math.min(now.claimed, carriedBy(toUnits(method.strengths[step.strength]), method)),
    })),
  ];
}

function markSteps(assessment: AssessmentInput, place: Place): MarkImprovement[] {
  const to = Math.min(5, Math.max(0, Math.ceil(assessment.target))) as Mark;
  return (['documentation', 'implementation'] as const)
    .filter((kind) => (assessment[kind] ?? 0) < to)
    .map((kind) => ({ kind, ...place, from: assessment[kind], to }));
}

function claimWith({ documentation, implementation, target }: AssessmentInput, step: MarkImprovement): number {
  return step.kind === 'documentation'
    ? claimOf(step.to, implementation ?? 0, target)
    : claimOf(documentation ?? 0, step.to, target);
}

function proofSteps(assessment: AssessmentInput, place: Place, day: number, method: MethodR1) {
  const steps: Exclude<Improvement, MarkImprovement>[] = [];
  const strongest = strongestOf(assessment.evidence, day, method);
  const expected = assessment.expectedStrength;
  if (strongest !== null) {
    const { id: evidenceId = null, strength } = strongest;
    steps.push({ kind: 'renewal', ...place, evidenceId, strength });
  }
  const isStronger = (strength: Strength) =>
    strongest === null || method.strengths[strength] > method.strengths[strongest.strength];
  if (expected !== undefined && isStronger(expected)) steps.push({ kind: 'evidence', ...place, strength: expected });
  return steps;
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
