import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  capsArbitrary,
  controlsArbitrary,
  DAY,
  entitiesArbitrary,
  entityArbitrary,
  evidenceArbitrary,
  futureEvidenceArbitrary,
  METHOD,
  uncappedArbitrary,
} from '@/test/readiness-arbitraries';
import { evaluateEntity, type EntityEvaluation } from './entity';
import {
  explainEntity,
  explainEntityGap,
  explainGap,
  explainGroup,
  explainGroupGap,
  type ExplanationLine,
} from './explain';
import { evaluateGroup, groupScore, type GroupEvaluation } from './group';
import type { AssessmentInput, ControlInput, EntityInput, EvidenceInput, Mark } from './input';
import { figureOfEntity, figureOfGroup } from './heatmap';
import { bandOf } from './level';
import { toPoints, toWholePoints } from './points';
import { entityScore } from './result';
import { toBasisPoints, WHOLE } from './units';

const CASES = { numRuns: 1_000 };

const evaluate = (entity: EntityInput, day = DAY) => evaluateEntity(entity, day, METHOD);
const readiness = (entity: EntityInput, day = DAY) => evaluate(entity, day).proven.value;
const group = (entities: readonly EntityInput[], day = DAY) =>
  evaluateGroup(
    entities.map((entity) => evaluate(entity, day)),
    METHOD,
  );

/** Everything a score says, but for the order of its control rows. */
function numbersOf(evaluation: EntityEvaluation) {
  const { controls: _, caps: __, id: ___, ...rest } = entityScore(evaluation);
  return rest;
}

/** Applies `change` to the assessment of one control, or of one of its units, chosen by `seed`. */
function changeOne(
  entity: EntityInput,
  seed: number,
  change: (assessment: AssessmentInput) => Partial<AssessmentInput>,
): { changed: EntityInput; index: number } {
  const index = seed % entity.controls.length;
  const changeControl = (control: ControlInput): ControlInput => {
    if (control.units === undefined || control.units.length === 0) return { ...control, ...change(control) };
    const chosen = seed % control.units.length;
    return { ...control, units: control.units.map((unit, i) => (i === chosen ? { ...unit, ...change(unit) } : unit)) };
  };
  const controls = entity.controls.map((control, i) => (i === index ? changeControl(control) : control));
  return { changed: { ...entity, controls }, index };
}

const withControls = (entity: EntityInput, change: (control: ControlInput) => ControlInput | ControlInput[]) => ({
  ...entity,
  controls: entity.controls.flatMap(change),
});

const applicable = (control: ControlInput): ControlInput => ({
  ...control,
  notApplicable: null,
  units: control.units?.map((unit) => ({ ...unit, notApplicable: null })),
});

const raised = (mark: Mark | null): Mark => Math.min(5, (mark ?? -1) + 1) as Mark;
const seedArbitrary = fc.nat({ max: 1_000 });
const laterArbitrary = fc.integer({ min: 0, max: 2_000 });

const reversed = (entity: EntityInput): EntityInput => ({
  ...entity,
  caps: entity.caps.toReversed(),
  controls: entity.controls.toReversed().map((control) => ({
    ...control,
    evidence: control.evidence.toReversed(),
    units: control.units?.toReversed(),
  })),
});

const scaled = (entity: EntityInput, by: number): EntityInput => ({
  ...entity,
  criticality: entity.criticality * by,
  controls: entity.controls.map((control) => ({
    ...control,
    weight: control.weight * by,
    units: control.units?.map((unit) => ({ ...unit, criticality: unit.criticality * by })),
  })),
});

const sum = (lines: readonly { basisPoints: number }[]) => lines.reduce((total, line) => total + line.basisPoints, 0);

const isOnItsSide = (line: ExplanationLine) =>
  line.kind === 'control' ? line.basisPoints >= 0 : line.basisPoints <= 0;

const byId = (evaluation: EntityEvaluation) =>
  new Map(explainEntity(evaluation).map((line) => [`${line.kind} ${line.id}`, line.basisPoints]));

/** Whether lines are losses only, most costly first, and add up to what is lacking. */
function isExactGap(lines: readonly ExplanationLine[], lacking: number): boolean {
  const basisPoints = lines.map((line) => line.basisPoints);
  const isOrdered = basisPoints.every((value, index) => value >= (basisPoints[index - 1] ?? -10_000));
  return sum(lines) === lacking && isOrdered && basisPoints.every((value) => value <= 0);
}

const lackOf = (state: string, proven: number) => (state === 'not-applicable' ? 0 : toBasisPoints(proven) - 10_000);

describe('bounds', () => {
  it('keeps R between 0 and 1, and between the weakest layer and the mean while no cap is open', () => {
    fc.assert(
      fc.property(entityArbitrary, uncappedArbitrary, (capped, uncapped) => {
        const value = readiness(capped);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(WHOLE);
        expect(Number.isSafeInteger(value)).toBe(true);
        const { proven } = evaluate(uncapped);
        expect(proven.value).toBeGreaterThanOrEqual(proven.weakest);
        expect(proven.value).toBeLessThanOrEqual(proven.mean);
      }),
      CASES,
    );
  });

  it('keeps a group between its weakest entity and the mean of its entities', () => {
    fc.assert(
      fc.property(entitiesArbitrary, (entities) => {
        const { proven } = group(entities);
        expect(proven.value).toBeGreaterThanOrEqual(proven.weakest);
        expect(proven.value).toBeLessThanOrEqual(Math.min(proven.mean, proven.weakest + 0.2 * WHOLE));
      }),
      CASES,
    );
  });

  it('orders proven ≤ claimed ≤ open, in every layer, entity and group', () => {
    fc.assert(
      fc.property(entitiesArbitrary, (entities) => {
        const whole = group(entities);
        for (const row of [whole, ...whole.layers, ...whole.entities]) {
          expect(row.proven.value).toBeLessThanOrEqual(row.claimed.value);
          expect(row.claimed.value).toBeLessThanOrEqual(row.open.value);
        }
        for (const layer of whole.entities.flatMap((entity) => entity.layers)) {
          expect(layer.proven.value).toBeLessThanOrEqual(layer.claimed.value);
          expect(layer.claimed.value).toBeLessThanOrEqual(layer.open.value);
        }
      }),
      CASES,
    );
  });

  it('never exceeds 0.20 without evidence', () => {
    fc.assert(
      fc.property(entityArbitrary, (entity) => {
        const bare = withControls(entity, (control) => ({
          ...control,
          evidence: [],
          units: control.units?.map((unit) => ({ ...unit, evidence: [] })),
        }));
        expect(readiness(bare)).toBeLessThanOrEqual(0.2 * WHOLE);
      }),
      CASES,
    );
  });

  it('equals x when every control is worth x and fully proven', () => {
    const full: EvidenceInput = { strength: 'independent', collectedDay: DAY, validityDays: 365 };
    const marks = fc.record({
      documentation: fc.constantFrom<Mark>(0, 1, 2, 3, 4, 5),
      implementation: fc.constantFrom<Mark>(0, 1, 2, 3, 4, 5),
      target: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(uncappedArbitrary, marks, (entity, same) => {
        const uniform = withControls(entity, (control) => ({
          ...control,
          ...same,
          evidence: [full],
          notApplicable: null,
          units: control.units?.map((unit) => ({ ...unit, ...same, evidence: [full], notApplicable: null })),
        }));
        const x = Math.min(1, (same.documentation + same.implementation) / (2 * same.target));
        expect(readiness(uniform)).toBe(Math.round(x * WHOLE));
      }),
      CASES,
    );
  });
});

describe('what never lowers or raises', () => {
  it('never lowers R when a claim rises', () => {
    fc.assert(
      fc.property(entityArbitrary, seedArbitrary, fc.boolean(), (entity, seed, both) => {
        const { changed } = changeOne(entity, seed, ({ documentation, implementation }) => ({
          documentation: raised(documentation),
          implementation: both ? raised(implementation) : implementation,
        }));
        expect(readiness(changed)).toBeGreaterThanOrEqual(readiness(entity));
        expect(evaluate(changed).level).toBeGreaterThanOrEqual(evaluate(entity).level);
      }),
      CASES,
    );
  });

  it('never lowers R when evidence is added, never raises it when evidence is removed', () => {
    fc.assert(
      fc.property(entityArbitrary, seedArbitrary, evidenceArbitrary, (entity, seed, added) => {
        const { changed } = changeOne(entity, seed, ({ evidence }) => ({ evidence: [...evidence, added] }));
        expect(readiness(changed)).toBeGreaterThanOrEqual(readiness(entity));
        const { changed: poorer } = changeOne(entity, seed, ({ evidence }) => ({ evidence: evidence.slice(1) }));
        expect(readiness(poorer)).toBeLessThanOrEqual(readiness(entity));
      }),
      CASES,
    );
  });

  it('does not count evidence dated ahead', () => {
    fc.assert(
      fc.property(entityArbitrary, seedArbitrary, futureEvidenceArbitrary, (entity, seed, ahead) => {
        const { changed } = changeOne(entity, seed, ({ evidence }) => ({ evidence: [...evidence, ahead] }));
        expect(numbersOf(evaluate(changed))).toEqual(numbersOf(evaluate(entity)));
      }),
      CASES,
    );
  });

  it('never lets R or the level rise by time alone, for an entity or a group', () => {
    fc.assert(
      fc.property(entitiesArbitrary, laterArbitrary, laterArbitrary, (entities, one, other) => {
        const [sooner, later] = [DAY + Math.min(one, other), DAY + Math.max(one, other)];
        for (const entity of entities) {
          const [before, after] = [evaluate(entity, sooner), evaluate(entity, later)];
          expect(after.proven.value).toBeLessThanOrEqual(before.proven.value);
          expect(after.level).toBeLessThanOrEqual(before.level);
        }
        expect(group(entities, later).proven.value).toBeLessThanOrEqual(group(entities, sooner).proven.value);
        expect(group(entities, later).level).toBeLessThanOrEqual(group(entities, sooner).level);
      }),
      CASES,
    );
  });

  it('never raises R by a cap, and holds R at the lowest of several', () => {
    fc.assert(
      fc.property(uncappedArbitrary, capsArbitrary, (entity, caps) => {
        const [free, capped] = [evaluate(entity), evaluate({ ...entity, caps })];
        const lowest = Math.min(10_000, ...caps.map((cap) => cap.cap));
        expect(toBasisPoints(capped.proven.value)).toBe(Math.min(toBasisPoints(free.proven.value), lowest));
        expect(capped.level).toBeLessThanOrEqual(free.level);
      }),
      CASES,
    );
  });

  it('never raises R by "not applicable" that nobody approved, and ignores it on a key control', () => {
    fc.assert(
      fc.property(entityArbitrary, seedArbitrary, fc.boolean(), fc.boolean(), (entity, seed, key, approved) => {
        const index = seed % entity.controls.length;
        const claim = { approved: key && approved, untilDay: DAY + 100 };
        const set = (notApplicable: ControlInput['notApplicable']) => ({
          ...entity,
          controls: entity.controls.map((control, i) => (i === index ? { ...control, key, notApplicable } : control)),
        });
        expect(numbersOf(evaluate(set(claim)))).toEqual(numbersOf(evaluate(set(null))));
      }),
      CASES,
    );
  });

  it('moves R by no more than the value of the one control that changed', () => {
    fc.assert(
      fc.property(entityArbitrary, seedArbitrary, controlsArbitrary, (entity, seed, [other]) => {
        const index = seed % entity.controls.length;
        const before = withControls(entity, applicable);
        const controls = before.controls.map((control, i) => {
          const { id, layer, weight, key } = control;
          return i === index && other ? { ...applicable(other), id, layer, weight, key } : control;
        });
        const [was, is] = [evaluate(before), evaluate({ ...before, controls })];
        const change = Math.abs((is.controls[index]?.proven ?? 0) - (was.controls[index]?.proven ?? 0));
        expect(Math.abs(is.proven.value - was.proven.value)).toBeLessThanOrEqual(change);
        // Rounded down to basis points, the two differences can come apart by one.
        const [shownBefore, shown] = [entityScore(was), entityScore(is)];
        const value = Math.abs((shown.controls[index]?.proven ?? 0) - (shownBefore.controls[index]?.proven ?? 0));
        expect(Math.abs(shown.proven - shownBefore.proven)).toBeLessThanOrEqual(value + 1);
      }),
      CASES,
    );
  });
});

describe('what changes nothing', () => {
  it('is blind to duplicates of evidence', () => {
    fc.assert(
      fc.property(entityArbitrary, (entity) => {
        const doubled = withControls(entity, (control) => ({
          ...control,
          evidence: [...control.evidence, ...control.evidence],
          units: control.units?.map((unit) => ({ ...unit, evidence: [...unit.evidence, ...unit.evidence] })),
        }));
        expect(numbersOf(evaluate(doubled))).toEqual(numbersOf(evaluate(entity)));
      }),
      CASES,
    );
  });

  it('is blind to the order of controls, evidence, units, caps and entities', () => {
    fc.assert(
      fc.property(entitiesArbitrary, (entities) => {
        for (const entity of entities) {
          expect(numbersOf(evaluate(reversed(entity)))).toEqual(numbersOf(evaluate(entity)));
        }
        expect(groupScore(group(entities.toReversed().map(reversed)))).toEqual(groupScore(group(entities)));
      }),
      CASES,
    );
  });

  it('is blind to the scale of weights: of controls, units, layers and entities', () => {
    fc.assert(
      fc.property(entitiesArbitrary, fc.integer({ min: 2, max: 50 }), (entities, by) => {
        const method = { ...METHOD, layers: METHOD.layers.map(({ id, weight }) => ({ id, weight: weight * by })) };
        const evaluations = entities.map((entity) => evaluateEntity(scaled(entity, by), DAY, method));
        expect(groupScore(evaluateGroup(evaluations, method))).toEqual(groupScore(group(entities)));
        expect(evaluations.map(numbersOf)).toEqual(entities.map((entity) => numbersOf(evaluate(entity))));
      }),
      CASES,
    );
  });

  it('is blind to splitting a control into equal halves', () => {
    fc.assert(
      fc.property(entityArbitrary, seedArbitrary, (entity, seed) => {
        const index = seed % entity.controls.length;
        const doubled = withControls(entity, (control) => ({ ...control, weight: control.weight * 2 }));
        const split = {
          ...entity,
          controls: doubled.controls.flatMap((control, i) => {
            const half = control.weight / 2;
            return i === index
              ? [
                  { ...control, weight: half },
                  { ...control, id: `${control.id} (second half)`, weight: half },
                ]
              : [control];
          }),
        };
        expect(numbersOf(evaluate(split))).toEqual(numbersOf(evaluate(entity)));
      }),
      CASES,
    );
  });

  it('takes a blank mark for 0', () => {
    fc.assert(
      fc.property(entityArbitrary, (entity) => {
        const zeros = withControls(entity, (control) => ({
          ...control,
          documentation: control.documentation ?? 0,
          implementation: control.implementation ?? 0,
          units: control.units?.map((unit) => ({
            ...unit,
            documentation: unit.documentation ?? 0,
            implementation: unit.implementation ?? 0,
          })),
        }));
        const [blank, zero] = [evaluate(entity), evaluate(zeros)];
        expect(zero.proven).toEqual(blank.proven);
        expect(zero.claimed).toEqual(blank.claimed);
        expect(zero.layers.map((layer) => layer.maturity)).toEqual(blank.layers.map((layer) => layer.maturity));
      }),
      CASES,
    );
  });

  it('reproduces a stored score byte for byte from its stored inputs', () => {
    fc.assert(
      fc.property(entityArbitrary, (entity) => {
        const stored = JSON.stringify(entityScore(evaluate(entity)));
        const inputs = JSON.parse(JSON.stringify({ entity, method: METHOD, day: DAY }));
        expect(JSON.stringify(entityScore(evaluateEntity(inputs.entity, inputs.day, inputs.method)))).toBe(stored);
      }),
      CASES,
    );
  });

  it('is untouched by another organisation scored before, after or in between', () => {
    fc.assert(
      fc.property(entitiesArbitrary, entitiesArbitrary, (ours, theirs) => {
        const alone = groupScore(group(ours));
        const mixed = ours.map((entity, index) => {
          const other = theirs[index % theirs.length];
          if (other) evaluate(other);
          return evaluate(entity);
        });
        group(theirs);
        expect(groupScore(evaluateGroup(mixed, METHOD))).toEqual(alone);
      }),
      CASES,
    );
  });
});

describe('explanations', () => {
  it('add up to the score of an entity exactly, gains above and losses below zero', () => {
    fc.assert(
      fc.property(entityArbitrary, (entity) => {
        const evaluation = evaluate(entity);
        const lines = explainEntity(evaluation);
        expect(sum(lines)).toBe(entityScore(evaluation).proven);
        expect(lines.every(isOnItsSide)).toBe(true);
        const counted = evaluation.controls.filter((control) => control.counted);
        expect(lines.filter((line) => line.kind === 'control')).toHaveLength(counted.length);
      }),
      CASES,
    );
  });

  it('add up to the score of a group exactly', () => {
    fc.assert(
      fc.property(entitiesArbitrary, (entities) => {
        const whole: GroupEvaluation = group(entities);
        expect(sum(explainGroup(whole))).toBe(groupScore(whole).proven);
      }),
      CASES,
    );
  });

  it('of a cell, an entity and a group add up to what they lack exactly, most costly first, none above zero', () => {
    fc.assert(
      fc.property(entitiesArbitrary, (entities) => {
        const evaluations = entities.map((entity) => evaluate(entity));
        for (const evaluation of evaluations) {
          for (const layer of evaluation.layers) {
            const lacking = lackOf(layer.state, layer.proven.value);
            expect(isExactGap(explainGap(layer, layer.controls), lacking)).toBe(true);
          }
          const { state, proven } = figureOfEntity(evaluation);
          expect(isExactGap(explainEntityGap(evaluation), lackOf(state, proven))).toBe(true);
        }
        const parts = evaluations.map((one) => ({
          id: one.input.id,
          weight: one.input.criticality,
          figure: figureOfEntity(one),
        }));
        const { state, proven } = figureOfGroup(parts, METHOD);
        expect(isExactGap(explainGroupGap(parts, METHOD), lackOf(state, proven))).toBe(true);
      }),
      CASES,
    );
  });

  it('do not depend on the order of controls', () => {
    fc.assert(
      fc.property(entityArbitrary, (entity) => {
        const backwards = byId(evaluate({ ...entity, controls: entity.controls.toReversed() }));
        for (const [key, basisPoints] of byId(evaluate(entity))) expect(backwards.get(key)).toBe(basisPoints);
      }),
      CASES,
    );
  });
});

describe('what is shown', () => {
  it('never stands in a higher band than the score', () => {
    const basisPoints = fc.oneof(
      fc.integer({ min: 0, max: 10_000 }),
      fc.constantFrom(
        ...METHOD.levels.flatMap((rule) => [rule.minReadiness - 1, rule.minReadiness, rule.minLayer + 1]),
      ),
    );
    fc.assert(
      fc.property(basisPoints, (score) => {
        expect(bandOf(Math.round(toPoints(score) * 100), METHOD)).toBe(bandOf(score, METHOD));
        expect(bandOf(toWholePoints(score) * 100, METHOD)).toBe(bandOf(score, METHOD));
        expect(Math.floor(toPoints(score))).toBe(toWholePoints(score));
        expect(Math.abs(toPoints(score) * 100 - score)).toBeLessThan(10);
      }),
      { numRuns: 5_000 },
    );
  });
});
