import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capsArbitrary, DAY, entitiesArbitrary, entityArbitrary, METHOD } from '@/test/readiness-arbitraries';
import { evaluateEntity } from './entity';
import { evaluateGroup, groupScore } from './group';
import type { AssessmentInput, ControlInput, EntityInput } from './input';
import type { Improvement } from './improvements';
import { nextSteps, nextStepsOfGroup, type NextStep } from './next-steps';
import { entityScore } from './result';

const score = (entity: EntityInput) => entityScore(evaluateEntity(entity, DAY, METHOD));
const ALL = 1_000;

/** Carries a step out on the input itself, the slow and obvious way. */
function carryOut(entity: EntityInput, step: NextStep): EntityInput {
  if (step.kind === 'cap') return { ...entity, caps: entity.caps.filter((cap) => cap.id !== step.capId) };
  const control = (input: ControlInput): ControlInput => {
    if (input.id !== step.controlId) return input;
    const again = { ...input, notApplicable: null };
    if (step.unitId === null) return { ...again, ...improve(again, step) };
    return {
      ...again,
      units: input.units?.map((unit) =>
        unit.id === step.unitId ? { ...unit, notApplicable: null, ...improve(unit, step) } : unit,
      ),
    };
  };
  return { ...entity, controls: entity.controls.map(control) };
}

function improve(assessment: AssessmentInput, step: Improvement): Partial<AssessmentInput> {
  if ('to' in step) return { [step.kind]: step.to };
  const added = { strength: step.strength, collectedDay: DAY, validityDays: 365 };
  return { evidence: [...assessment.evidence, added] };
}

const evaluateAll = (entities: readonly EntityInput[]) =>
  evaluateGroup(
    entities.map((entity) => evaluateEntity(entity, DAY, METHOD)),
    METHOD,
  );

describe('next steps of an entity', () => {
  it('bring exactly what they promise when carried out', () => {
    fc.assert(
      fc.property(entityArbitrary, (entity) => {
        const before = score(entity);
        for (const step of nextSteps(evaluateEntity(entity, DAY, METHOD), ALL)) {
          const after = score(carryOut(entity, step));
          expect(after.proven - before.proven).toBe(step.gain);
          expect(after.mean - before.mean).toBe(step.meanGain);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('come best first, never promise a loss, and a shorter list is the head of a longer one', () => {
    fc.assert(
      fc.property(entityArbitrary, fc.integer({ min: 1, max: 6 }), (entity, count) => {
        const evaluation = evaluateEntity(entity, DAY, METHOD);
        const steps = nextSteps(evaluation, ALL);
        const gains = steps.map((step) => step.gain);
        expect(gains).toEqual(gains.toSorted((a, b) => b - a));
        expect(steps.every((step) => step.gain >= 0 && step.meanGain >= 0)).toBe(true);
        expect(nextSteps(evaluation, count)).toEqual(steps.slice(0, count));
      }),
      { numRuns: 1_000 },
    );
  });

  it('do not miss a single raise of a mark to its target that would help more', () => {
    fc.assert(
      fc.property(entityArbitrary, (entity) => {
        const before = score(entity).proven;
        const [best] = nextSteps(evaluateEntity(entity, DAY, METHOD), 1);
        const rivals = entity.controls.flatMap((control) => {
          const raise = (assessment: AssessmentInput, unitId: string | null) =>
            (['documentation', 'implementation'] as const).map((kind): NextStep => {
              const to = Math.max(assessment[kind] ?? 0, assessment.target) as 5;
              return { kind, controlId: control.id, unitId, from: assessment[kind], to, gain: 0, meanGain: 0 };
            });
          if (control.notApplicable !== null) return [];
          const units = control.units ?? [];
          if (units.length === 0) return raise(control, null);
          return units.flatMap((unit) => (unit.notApplicable ? [] : raise(unit, unit.id)));
        });
        const most = Math.max(0, ...rivals.map((rival) => score(carryOut(entity, rival)).proven - before));
        expect(best?.gain ?? 0).toBeGreaterThanOrEqual(most);
      }),
      { numRuns: 1_000 },
    );
  });

  it('name the one open cap first when it is what holds the score', () => {
    const strong: ControlInput = {
      id: 'c',
      layer: 'L1',
      weight: 3,
      key: true,
      notApplicable: null,
      documentation: 4,
      implementation: 5,
      target: 5,
      evidence: [{ strength: 'independent', collectedDay: DAY, validityDays: 365 }],
    };
    const cap = { id: 'cap-reporting' as const, cap: 4_900, reason: { key: 'k', params: {} } };
    const steps = nextSteps(
      evaluateEntity({ id: 'e', criticality: 1, controls: [strong], caps: [cap] }, DAY, METHOD),
      3,
    );
    expect(steps[0]).toEqual({ kind: 'cap', capId: 'cap-reporting', gain: 4_100, meanGain: 0 });
    // Raising the mark helps only the mean, as long as the cap is open.
    expect(steps[1]).toMatchObject({ kind: 'documentation', from: 4, to: 5, gain: 0, meanGain: 1_000 });
  });

  it('propose evidence of the expected strength where there is none, and renewal where it has aged', () => {
    const base = { layer: 'L1', weight: 1, key: false, notApplicable: null, target: 4 } as const;
    const bare: ControlInput = {
      ...base,
      id: 'bare',
      documentation: 4,
      implementation: 4,
      evidence: [],
      expectedStrength: 'system',
    };
    const aged: ControlInput = {
      ...base,
      id: 'aged',
      documentation: 4,
      implementation: 4,
      evidence: [{ id: 'old', strength: 'document', collectedDay: DAY - 300, validityDays: 200 }],
    };
    const steps = nextSteps(
      evaluateEntity({ id: 'e', criticality: 1, controls: [bare, aged], caps: [] }, DAY, METHOD),
      5,
    );
    // .2 → .2 + .8 × .85 = .88 and .2 + .8 × .3 = .44 → .68, each half of the layer.
    expect(steps).toEqual([
      { kind: 'evidence', controlId: 'bare', unitId: null, strength: 'system', gain: 3_400, meanGain: 3_400 },
      {
        kind: 'renewal',
        controlId: 'aged',
        unitId: null,
        evidenceId: 'old',
        strength: 'document',
        gain: 1_200,
        meanGain: 1_200,
      },
    ]);
  });
});

describe('next steps of a group', () => {
  it('bring the group exactly what they promise when carried out', () => {
    fc.assert(
      fc.property(entitiesArbitrary, capsArbitrary, (some, caps) => {
        const entities = some.map((entity, index) => (index === 0 ? { ...entity, caps } : entity));
        const before = evaluateAll(entities);
        for (const step of nextStepsOfGroup(before, 5)) {
          const after = evaluateAll(
            entities.map((entity) => (entity.id === step.entityId ? carryOut(entity, step) : entity)),
          );
          expect(groupScore(after).proven - groupScore(before).proven).toBe(step.gain);
          expect(groupScore(after).mean - groupScore(before).mean).toBe(step.meanGain);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
