import { evaluateEntity } from './entity';
import { evaluateGroup } from './group';
import type { AssessmentInput, ControlInput, EntityInput } from './input';
import type { MethodR1 } from './method';
import { toBasisPoints } from './units';

/** Days ahead that are shown. */
export const FORECAST_DAYS = [30, 90] as const;

export interface ForecastPoint {
  readonly days: number;
  /** Proven readiness then, basis points. */
  readonly proven: number;
}

/**
 * The proven score of a group of entities in so many days if nothing is renewed and nothing else changes. A single
 * entity is forecast by {@link forecastEntity}. Evidence dated after `day` stays out: it is not there yet.
 */
export function forecastGroup(
  entities: readonly EntityInput[],
  day: number,
  method: MethodR1,
  horizons: readonly number[] = FORECAST_DAYS,
): ForecastPoint[] {
  const known = entities.map((entity) => withoutFuture(entity, day));
  return horizons.map((days) => {
    const evaluations = known.map((entity) => evaluateEntity(entity, day + days, method));
    return { days, proven: toBasisPoints(evaluateGroup(evaluations, method).proven.value) };
  });
}

/** The proven score of one entity in so many days if nothing is renewed and nothing else changes. */
export function forecastEntity(
  entity: EntityInput,
  day: number,
  method: MethodR1,
  horizons: readonly number[] = FORECAST_DAYS,
): ForecastPoint[] {
  const known = withoutFuture(entity, day);
  return horizons.map((days) => ({
    days,
    proven: toBasisPoints(evaluateEntity(known, day + days, method).proven.value),
  }));
}

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
