import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, entitiesArbitrary, entityArbitrary, futureEvidenceArbitrary, METHOD } from '@/test/readiness-arbitraries';
import { evaluateEntity } from './entity';
import { forecastEntity, forecastGroup } from './forecast';
import { evaluateGroup, groupScore } from './group';
import type { EntityInput } from './input';
import { entityScore } from './result';

const forecast = (input: EntityInput) => forecastEntity(evaluateEntity(input, DAY, METHOD));

describe('forecast', () => {
  it('is the score of that day, and never above an earlier one', () => {
    fc.assert(
      fc.property(entityArbitrary, (entity) => {
        const points = forecastEntity(evaluateEntity(entity, DAY, METHOD), [0, 30, 90]);
        const proven = points.map((point) => point.proven);
        expect(proven).toEqual(
          [0, 30, 90].map((days) => entityScore(evaluateEntity(entity, DAY + days, METHOD)).proven),
        );
        expect(proven).toEqual(proven.toSorted((a, b) => b - a));
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves out evidence that is not there yet, in controls and in units', () => {
    fc.assert(
      fc.property(entityArbitrary, futureEvidenceArbitrary, (entity, ahead) => {
        const hopeful = {
          ...entity,
          controls: entity.controls.map((control) => ({
            ...control,
            evidence: [...control.evidence, ahead],
            units: control.units?.map((unit) => ({ ...unit, evidence: [...unit.evidence, ahead] })),
          })),
        };
        expect(forecast(hopeful)).toEqual(forecast(entity));
      }),
      { numRuns: 1_000 },
    );
  });

  it('of a group is the group score of that day', () => {
    fc.assert(
      fc.property(entitiesArbitrary, (entities) => {
        const onDay = (day: number) =>
          evaluateGroup(
            entities.map((entity) => evaluateEntity(entity, day, METHOD)),
            METHOD,
          );
        expect(forecastGroup(onDay(DAY))).toEqual([
          { days: 30, proven: groupScore(onDay(DAY + 30)).proven },
          { days: 90, proven: groupScore(onDay(DAY + 90)).proven },
        ]);
      }),
      { numRuns: 1_000 },
    );
  });
});
