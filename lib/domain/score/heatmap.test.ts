import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, entitiesArbitrary, entityArbitrary, METHOD } from '@/test/readiness-arbitraries';
import { evaluateCell } from './cell';
import { evaluateEntity, type EntityEvaluation } from './entity';
import { evaluateGroup, groupScore } from './group';
import { cellOf, figureOfControls, figureOfEntity, figureOfGroup, trendOf } from './heatmap';
import type { ControlInput, EntityInput } from './input';
import { entityScore } from './result';

const control: ControlInput = {
  id: 'c',
  layer: 'L1',
  weight: 2,
  key: false,
  notApplicable: null,
  documentation: 3,
  implementation: 3,
  target: 3,
  evidence: [{ strength: 'independent', collectedDay: DAY - 10, validityDays: 365 }],
};
const entity = (...controls: ControlInput[]): EntityInput => ({ id: 'e', criticality: 1, controls, caps: [] });
const cellOfControls = (evaluation: Pick<EntityEvaluation, 'controls'>) =>
  cellOf(figureOfControls(evaluateCell(evaluation.controls, METHOD)), METHOD);
const cell = (...controls: ControlInput[]) => cellOfControls(evaluateEntity(entity(...controls), DAY, METHOD));
const cellOfEntities = (evaluations: readonly EntityEvaluation[]) =>
  cellOf(
    figureOfGroup(
      evaluations.map((one) => ({ id: one.input.id, weight: one.input.criticality, figure: figureOfEntity(one) })),
      METHOD,
    ),
    METHOD,
  );

const evaluate = (input: EntityInput) => evaluateEntity(input, DAY, METHOD);

describe('heatmap cells', () => {
  it('tell "scored", "not assessed" and "not applicable" apart', () => {
    const blank = { ...control, documentation: null, implementation: null };
    const zero = { ...control, documentation: 0 as const, implementation: null };
    const excused = { ...control, notApplicable: { approved: true, untilDay: DAY } };
    expect(cell(control)).toMatchObject({ state: 'scored', proven: 10_000, level: 5, maturityHundredths: 300 });
    expect(cell(blank)).toEqual({ state: 'not-assessed' });
    expect(cell(zero)).toMatchObject({ state: 'scored', proven: 0, level: 0, coverage: 5_000 });
    expect(cell(excused)).toEqual({ state: 'not-applicable' });
    expect(cell()).toEqual({ state: 'not-applicable' });
    expect(cell(excused, blank)).toEqual({ state: 'not-assessed' });
  });

  it('say when the weakest key control holds them down, and which it is', () => {
    const weakKey: ControlInput = {
      ...control,
      id: 'k',
      key: true,
      weight: 1,
      documentation: 1,
      implementation: 2,
      target: 5,
    };
    // B = (2 × 1 + 0.3) / 3 = 0.7666, K + 0.25 = 0.55
    expect(cell(control, weakKey)).toMatchObject({ proven: 5_500, capped: true, weakestId: 'k' });
    expect(cell(control)).toMatchObject({ capped: false, weakestId: null });
  });

  it('are stale exactly when renewing what is there would raise them', () => {
    const aged = {
      ...control,
      evidence: [{ strength: 'document' as const, collectedDay: DAY - 400, validityDays: 365 }],
    };
    const agedButEnough = { ...aged, documentation: 1 as const, implementation: 0 as const, target: 5 };
    expect(cell(aged)).toMatchObject({ stale: true });
    expect(cell(control)).toMatchObject({ stale: false });
    expect(cell(agedButEnough)).toMatchObject({ stale: false, proven: 1_000 });
  });

  it('of a layer show the numbers of the entity score', () => {
    fc.assert(
      fc.property(entityArbitrary, (input) => {
        const evaluation = evaluateEntity(input, DAY, METHOD);
        const score = entityScore(evaluation);
        evaluation.layers.forEach((layer, index) => {
          const shown = cellOf(figureOfControls(layer), METHOD);
          const row = score.layers[index];
          expect(shown.state).toBe(row?.state);
          expect(cellOfControls({ controls: layer.controls.toReversed() })).toEqual(shown);
          expect(shown.state === 'scored' ? [shown.proven, shown.claimed, shown.open] : []).toEqual(
            row?.state === 'scored' ? [row.score, row.claimed, row.open] : [],
          );
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('of entities show the numbers of the group score', () => {
    fc.assert(
      fc.property(entitiesArbitrary, (inputs) => {
        const evaluations = inputs.map((input) => evaluateEntity(input, DAY, METHOD));
        const shown = cellOfEntities(evaluations);
        const { proven, claimed, open } = groupScore(evaluateGroup(evaluations, METHOD));
        expect(shown.state === 'scored' ? [shown.proven, shown.claimed, shown.open] : [proven, claimed, open]).toEqual([
          proven,
          claimed,
          open,
        ]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of entities tell the three states apart and name what holds them', () => {
    const blank = entity({ ...control, documentation: null, implementation: null });
    expect(cellOfEntities([])).toEqual({ state: 'not-applicable' });
    expect(cellOfEntities([evaluate(entity())])).toEqual({ state: 'not-applicable' });
    expect(cellOfEntities([evaluate(blank)])).toEqual({ state: 'not-assessed' });
    const good = evaluate({ ...entity(control), id: 'good' });
    const poor = evaluate({ ...entity({ ...control, documentation: 1, implementation: 1, target: 5 }), id: 'poor' });
    // mean 0.6, weakest 0.2 + 0.20
    expect(cellOfEntities([good, poor])).toMatchObject({ proven: 4_000, capped: true, weakestId: 'poor' });
    expect(cellOfEntities([good])).toMatchObject({ proven: 10_000, capped: false, maturityHundredths: 300 });
    const cap = { id: 'cap-reporting' as const, cap: 4_900, reason: { key: 'k', params: {} } };
    expect(cellOf(figureOfEntity(evaluate({ ...entity(control), caps: [cap] })), METHOD)).toMatchObject({
      proven: 4_900,
      capped: true,
      weakestId: 'cap-reporting',
    });
    expect(cellOf(figureOfEntity(good), METHOD)).toMatchObject({ capped: false, weakestId: 'L1' });
  });
});

const at = (proven: number, method = 'R1') => ({ proven, method });

describe('trend', () => {
  it('is told from two points on, up or down', () => {
    expect(trendOf(at(6_000), at(5_800))).toBe(200);
    expect(trendOf(at(6_000), at(5_801))).toBeNull();
    expect(trendOf(at(5_800), at(6_000))).toBe(-200);
    expect(trendOf(at(5_801), at(6_000))).toBeNull();
  });

  it('is not told across methods or without a past', () => {
    expect(trendOf(at(6_000), at(1_000, 'R0'))).toBeNull();
    expect(trendOf(at(6_000), null)).toBeNull();
  });
});
