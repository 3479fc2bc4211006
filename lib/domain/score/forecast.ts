import { evaluateEntity, type EntityEvaluation } from './entity';
import { evaluateGroup, type GroupEvaluation } from './group';
import type { AssessmentInput, ControlInput, EntityInput } from './input';
import { toBasisPoints } from './units';

/** Days ahead that are shown. */
export const FORECAST_DAYS = [30, 90] as const;

export interface ForecastPoint {
  readonly days: number;
  /** Proven readiness then, basis points. */
  readonly proven: number;
}

/** The proven score of one entity in so many days if nothing is renewed and nothing else changes. */
export function forecastEntity(
  evaluation: EntityEvaluation,
  horizons: readonly number[] = FORECAST_DAYS,
): ForecastPoint[] {
  return horizons.map((days) => ({ days, proven: toBasisPoints(evaluationAhead(evaluation, days).proven.value) }));
}

/** The same for a group of entities. */
export function forecastGroup(
  { entities, method }: GroupEvaluation,
  horizons: readonly number[] = FORECAST_DAYS,
): ForecastPoint[] {
  return horizons.map((days) => {
    const ahead = entities.map((entity) => evaluationAhead(entity, days));
    return { days, proven: toBasisPoints(evaluateGroup(ahead, method).proven.value) };
  });
}

/** Evaluations of later days, kept as long as the evaluation they start from: a group is forecast again and again. */
const remembered = new WeakMap<EntityEvaluation, Map<number, EntityEvaluation>>();

function evaluationAhead(evaluation: EntityEvaluation, days: number): EntityEvaluation {
  const known = remembered.get(evaluation) ?? new Map<number, EntityEvaluation>();
  const ahead =
    known.get(days) ??
    evaluateEntity(withoutFuture(evaluation.input, evaluation.day), evaluation.day + days, evaluation.method);
  remembered.set(evaluation, known.set(days, ahead));
  return ahead;
}

/** Evidence dated after the day stays out: it is not there yet. */
function withoutFuture(entity: EntityInput, day: number): EntityInput {
  const known = <T extends AssessmentInput>(assessment: T): T =>
    assessment.evidence.some((item) => item.collectedDay > day)
      ? { ...assessment, evidence: assessment.evidence.filter((item) => item.collectedDay <= day) }
      : assessment;
  const control = (input: ControlInput): ControlInput => {
    const kept = known(input);
    return kept.units === undefined ? kept : { ...kept, units: kept.units.map(known) };
  };
  return { ...entity, controls: entity.controls.map(control) };
}
