import type { AssessmentInput, ControlInput, UnitInput } from './input';
import type { MethodR1 } from './method';
import { carriedBy, supportOn } from './support';
import { toUnits, WHOLE } from './units';

const HIGHEST_MARK = 5;

/** The values of one assessment, all in units (0 to one whole). */
export interface Values {
  /** v: what evidence carries of the claim. */
  readonly proven: number;
  /** c: the claim alone. */
  readonly claimed: number;
  /** The claim with every blank mark as the highest one. */
  readonly open: number;
  /** q: support by evidence. */
  readonly support: number;
  /** Support by independent evidence. */
  readonly independent: number;
  /** Share of the two marks that are given. */
  readonly answered: number;
  /** Mean of the two marks, one whole = level 5. */
  readonly maturity: number;
  /** Renewing the evidence that is already there would raise the proven value. */
  readonly stale: boolean;
}

/** A control's values with what its layer needs to know. */
export interface ControlEvaluation extends Values {
  readonly id: string;
  readonly layer: string;
  readonly weight: number;
  readonly key: boolean;
  /** `false` when it is validly not applicable and leaves the mean. */
  readonly counted: boolean;
  /** The "not applicable" has run out; until somebody answers, the control counts as blank. */
  readonly lapsed: boolean;
}

const BLANK: Values = {
  proven: 0,
  claimed: 0,
  open: WHOLE,
  support: 0,
  independent: 0,
  answered: 0,
  maturity: 0,
  stale: false,
};

/**
 * The values of a control on `day` (method R1). "Not applicable" counts only when a second person approved it, and
 * never for a key control. Once it has run out the control counts as blank rather than by marks nobody has looked
 * after meanwhile: so no score can rise merely because time passes.
 */
export function evaluateControl(control: ControlInput, day: number, method: MethodR1): ControlEvaluation {
  const standing = standingOf(control, control.key, day);
  const units = control.units === undefined || control.units.length === 0 ? null : standingUnits(control, day);
  const values =
    standing === 'lapsed'
      ? BLANK
      : units
        ? valuesOfUnits(units, day, method)
        : valuesOfAssessment(control, day, method);
  return {
    id: control.id,
    layer: control.layer,
    weight: control.weight,
    key: control.key,
    counted: standing !== 'excused' && units?.length !== 0,
    lapsed: standing === 'lapsed',
    // Field by field: copying by spread costs a third of the time of scoring a group.
    proven: values.proven,
    claimed: values.claimed,
    open: values.open,
    support: values.support,
    independent: values.independent,
    answered: values.answered,
    maturity: values.maturity,
    stale: values.stale,
  };
}

/** A unit that counts; `lapsed`: its "not applicable" has run out, and it counts as blank. */
export interface StandingUnit {
  readonly unit: UnitInput;
  readonly lapsed: boolean;
}

/** The units of a control that count on `day`: all but those validly set to not applicable. */
export function standingUnits(control: ControlInput, day: number): StandingUnit[] {
  const standing: StandingUnit[] = [];
  for (const unit of control.units ?? []) {
    const state = standingOf(unit, control.key, day);
    if (state !== 'excused') standing.push({ unit, lapsed: state === 'lapsed' });
  }
  return standing;
}

function standingOf(
  { notApplicable }: Pick<ControlInput, 'notApplicable'> | Pick<UnitInput, 'notApplicable'>,
  key: boolean,
  day: number,
): 'counted' | 'excused' | 'lapsed' {
  if (notApplicable == null || !notApplicable.approved || key) return 'counted';
  return day > notApplicable.untilDay ? 'lapsed' : 'excused';
}

/** Values of a single assessment on `day`: v = min(c, 0.20 + 0.80 q). */
export function valuesOfAssessment(assessment: AssessmentInput, day: number, method: MethodR1): Values {
  const { documentation, implementation, target, evidence } = assessment;
  const support = supportOn(evidence, day, method);
  const claimed = claimOf(documentation ?? 0, implementation ?? 0, target);
  const proven = Math.min(claimed, carriedBy(support.best, method));
  return {
    proven,
    claimed,
    open: claimOf(documentation ?? HIGHEST_MARK, implementation ?? HIGHEST_MARK, target),
    support: support.best,
    independent: support.independent,
    answered: ((documentation === null ? 0 : 1) + (implementation === null ? 0 : 1)) * (WHOLE / 2),
    maturity: ((documentation ?? 0) + (implementation ?? 0)) * (WHOLE / (2 * HIGHEST_MARK)),
    stale: proven < Math.min(claimed, carriedBy(support.renewed, method)),
  };
}

/** c = min(1, level / target) in units, level being the mean of the two marks. */
export function claimOf(documentation: number, implementation: number, target: number): number {
  return Math.min(WHOLE, Math.floor(((documentation + implementation) * WHOLE) / (2 * target)));
}

/** The criticality-weighted mean of the units, limited by the weakest critical one (scoring.json, `multi_unit`). */
function valuesOfUnits(standing: readonly StandingUnit[], day: number, method: MethodR1): Values {
  if (standing.length === 0) return BLANK;
  const units = standing.map(({ unit }) => unit);
  const parts = standing.map(({ unit, lapsed }) => (lapsed ? BLANK : valuesOfAssessment(unit, day, method)));
  const mean = (pick: (values: Values) => number) => meanOfUnits(units, parts.map(pick));
  const limited = (pick: (values: Values) => number) => limitedMeanOfUnits(units, parts.map(pick), method);
  return {
    proven: limited((values) => values.proven),
    claimed: limited((values) => values.claimed),
    open: limited((values) => values.open),
    support: mean((values) => values.support),
    independent: mean((values) => values.independent),
    answered: mean((values) => values.answered),
    maturity: mean((values) => values.maturity),
    stale: parts.some((values) => values.stale),
  };
}

/**
 * The value of a control from the values of its units: their mean by criticality, at most the key margin above the
 * weakest critical unit. `values` stand in the order of `units`.
 */
export function limitedMeanOfUnits(units: readonly UnitInput[], values: readonly number[], method: MethodR1): number {
  let limit = WHOLE;
  units.forEach((unit, index) => {
    if (unit.critical) limit = Math.min(limit, (values[index] ?? 0) + toUnits(method.keyMargin));
  });
  return Math.min(meanOfUnits(units, values), limit);
}

function meanOfUnits(units: readonly UnitInput[], values: readonly number[]): number {
  let sum = 0;
  let total = 0;
  units.forEach((unit, index) => {
    sum += unit.criticality * (values[index] ?? 0);
    total += unit.criticality;
  });
  return Math.floor(sum / total);
}
