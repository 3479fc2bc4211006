import { describe, expect, it } from 'vitest';
import evidenceTypes from '@/db/catalogue/evidence-types.json';
import scoring from '@/db/catalogue/scoring.json';
import { DAY, METHOD } from '@/test/readiness-arbitraries';
import { evaluateEntity } from './entity';
import { evaluateGroup, groupScore } from './group';
import type { ControlInput, EntityInput, Mark, UnitInput } from './input';
import { methodFromCatalogue } from './method';
import { entityScore } from './result';

const proof = { strength: 'independent', collectedDay: DAY, validityDays: 365 } as const;

/** A fully proven control worth so many fifths. */
function fifths(id: string, value: Mark, more: Partial<ControlInput> = {}): ControlInput {
  return {
    id,
    layer: 'L1',
    weight: 1,
    key: false,
    notApplicable: null,
    documentation: value,
    implementation: value,
    target: 5,
    evidence: [proof],
    ...more,
  };
}

function unit(id: string, value: Mark, critical: boolean, criticality = 1): UnitInput {
  return { id, criticality, critical, documentation: value, implementation: value, target: 5, evidence: [proof] };
}

const entity = (...controls: ControlInput[]): EntityInput => ({ id: 'e', criticality: 1, controls, caps: [] });
const score = (input: EntityInput, day = DAY) => entityScore(evaluateEntity(input, day, METHOD));

const member = (id: string, criticality: number, value: Mark): EntityInput => ({
  ...entity(fifths('a', value)),
  id,
  criticality,
});

const group = (...members: EntityInput[]) =>
  groupScore(
    evaluateGroup(
      members.map((input) => evaluateEntity(input, DAY, METHOD)),
      METHOD,
    ),
  );

const keyed = (id: string, value: Mark) => ({ ...entity(fifths('a', value, { key: true })), id });

describe('controls assessed per unit', () => {
  it('take the mean of their units by criticality', () => {
    const units = [unit('a', 5, false, 3), unit('b', 1, false, 1)];
    expect(score(entity(fifths('c', 0, { units }))).controls[0]?.proven).toBe(8_000);
  });

  it('stand at most 0.25 above the weakest critical unit', () => {
    const units = [unit('a', 5, true, 3), unit('b', 1, true, 1)];
    expect(score(entity(fifths('c', 0, { units }))).controls[0]?.proven).toBe(4_500);
  });

  it('leave out units validly set to not applicable, and count them as blank once that has lapsed', () => {
    const excused = { ...unit('b', 1, false), notApplicable: { approved: true, untilDay: DAY } };
    const control = (more: Partial<ControlInput> = {}) =>
      entity(fifths('c', 0, { units: [unit('a', 4, false), excused], ...more }));
    expect(score(control()).controls[0]?.proven).toBe(8_000);
    expect(score(control(), DAY + 1).controls[0]?.proven).toBe(4_000);
    expect(score(control({ key: true })).controls[0]?.proven).toBe(5_000);
  });

  it('leave the mean when every unit is set to not applicable', () => {
    const excused = { ...unit('b', 1, false), notApplicable: { approved: true, untilDay: DAY } };
    const input = entity(fifths('a', 4), fifths('c', 0, { units: [excused] }));
    expect(score(input)).toMatchObject({ proven: 8_000, coverage: 10_000 });
    expect(score(input, DAY + 1)).toMatchObject({ proven: 4_000, coverage: 5_000 });
  });

  it('use their own marks while there are no units', () => {
    expect(score(entity(fifths('c', 3, { units: [] }))).controls[0]?.proven).toBe(6_000);
  });
});

describe('layers', () => {
  it('without a control that counts stay out of mean and weakest link', () => {
    expect(score(entity(fifths('c', 4)))).toMatchObject({ proven: 8_000, mean: 8_000, weakestLayerId: 'L1' });
  });

  it('weigh as the method says, and the weakest holds the entity', () => {
    const result = score(entity(fifths('a', 5), fifths('b', 1, { layer: 'L4' })));
    // M = (3 × 1 + 2 × 0.2) / 5 = 0.68, m + 0.20 = 0.40
    expect(result).toMatchObject({ mean: 6_800, proven: 4_000, weakestLayerId: 'L4' });
  });

  it('flag more than 30 % of weight set to not applicable, not 30 %', () => {
    const excused = { notApplicable: { approved: true, untilDay: DAY } };
    const flag = (excusedWeight: number) =>
      score(
        entity(fifths('a', 5, { weight: 10 - excusedWeight }), fifths('b', 5, { weight: excusedWeight, ...excused })),
      ).layers[0];
    expect(flag(3)).toMatchObject({ notApplicableShare: 3_000, notApplicableFlag: false });
    expect(flag(4)).toMatchObject({ notApplicableShare: 4_000, notApplicableFlag: true });
  });

  it('count a lapsed "not applicable" as blank from the day after its last', () => {
    const input = entity(fifths('a', 4), fifths('b', 5, { notApplicable: { approved: true, untilDay: DAY } }));
    expect(score(input)).toMatchObject({ proven: 8_000, coverage: 10_000 });
    expect(score(input, DAY + 1)).toMatchObject({ proven: 4_000, claimed: 4_000, open: 9_000, coverage: 5_000 });
  });

  it('refuse a control of an unknown layer', () => {
    expect(() => score(entity(fifths('c', 4, { layer: 'L8' })))).toThrow(RangeError);
  });
});

describe('shares', () => {
  it('count evidence by weight and the independent part of it', () => {
    const document = { strength: 'document', collectedDay: DAY, validityDays: 365 } as const;
    const result = score(
      entity(fifths('a', 5, { weight: 3, evidence: [document] }), fifths('b', 5), fifths('c', 5, { evidence: [] })),
    );
    expect(result).toMatchObject({ evidenceCoverage: 5_600, independentShare: 2_000, coverage: 10_000 });
  });

  it('answer half a control by one of two marks', () => {
    expect(score(entity(fifths('a', 5, { implementation: null })))).toMatchObject({
      coverage: 5_000,
      claimed: 5_000,
      open: 10_000,
    });
  });
});

describe('an entity with nothing to score', () => {
  it('scores 0 at level 0 and stays out of its group', () => {
    expect(score(entity())).toMatchObject({ proven: 0, claimed: 0, open: 0, level: 0, weakestLayerId: null });
    const evaluations = [entity(), { ...entity(fifths('a', 4)), id: 'other' }].map((input) =>
      evaluateEntity(input, DAY, METHOD),
    );
    expect(groupScore(evaluateGroup(evaluations, METHOD))).toMatchObject({ proven: 8_000, weakestEntityId: 'other' });
  });
});

describe('groups', () => {
  it('weigh entities by criticality', () => {
    expect(group(member('a', 3, 5), member('b', 1, 4))).toMatchObject({ proven: 9_500, level: 5 });
  });

  it('stand at most 0.20 above the weakest entity, in each layer too', () => {
    const result = group(member('a', 4, 5), member('b', 1, 1));
    expect(result).toMatchObject({ mean: 8_400, proven: 4_000, weakestEntityId: 'b' });
    expect(result.layers[0]).toMatchObject({ base: 8_400, floor: 2_000, score: 4_000 });
  });

  it('are held by the weakest key control of any entity when levels are told', () => {
    // readiness 0.60, weakest key 0.40: enough for level 3 but for the key control
    expect(group(keyed('a', 4), keyed('b', 4), keyed('c', 2))).toMatchObject({ proven: 6_000, level: 2 });
  });
});

describe('the method', () => {
  it('takes every constant from the catalogue', () => {
    expect(METHOD).toMatchObject({ floor: 2_000, supportSpan: 8_000, keyMargin: 2_500, weakestMargin: 2_000 });
    expect(METHOD.strengths).toEqual({ attestation: 3_000, document: 6_000, system: 8_500, independent: 10_000 });
    expect(METHOD.layers.map((layer) => layer.weight)).toEqual([3, 3, 3, 2, 3, 2, 2]);
  });

  it('refuses a catalogue of another method or with parts missing', () => {
    expect(() => methodFromCatalogue({ ...scoring, method: 'R2' }, evidenceTypes)).toThrow(RangeError);
    expect(() => methodFromCatalogue({ ...scoring, hard_caps: [] }, evidenceTypes)).toThrow(/cap-board-approval/);
    expect(() => methodFromCatalogue(scoring, { strength_classes: [] })).toThrow(/attestation/);
  });
});
