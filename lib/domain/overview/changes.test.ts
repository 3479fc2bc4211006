import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, evidenceArbitrary, METHOD } from '@/test/readiness-arbitraries';
import { evaluateEntity } from '../score/entity';
import type { ControlInput, EvidenceInput, Mark } from '../score/input';
import { toBasisPoints } from '../score/units';
import type { Scoreboard } from '../scoreboard/scoreboard';
import { layerChanges } from './changes';

const fresh: EvidenceInput = {
  strength: 'independent',
  collectedDay: DAY - 10,
  validityDays: 365,
  validUntilDay: null,
};

const control = (id: string, mark: Mark | null, evidence: EvidenceInput[] = [fresh]): ControlInput => ({
  id,
  layer: 'L1',
  weight: 1,
  key: false,
  documentation: mark,
  implementation: mark,
  target: 5,
  evidence,
  expectedStrength: 'document',
  notApplicable: null,
});

const board = (controls: ControlInput[], { day = DAY, id = 'e1', method = METHOD } = {}): Scoreboard => ({
  method,
  day,
  entities: [
    {
      id,
      name: id,
      country: 'DE',
      sector: null,
      classification: 'essential',
      evaluation: evaluateEntity({ id, criticality: 1, controls, caps: [] }, day, method),
    },
  ],
});

const steady = control('GOV-02', 4);
const cause = (before: ControlInput, now: ControlInput, more?: { day: number }) =>
  layerChanges(board([before, steady]), board([now, steady], more)).map(({ controlId, cause }) => [controlId, cause]);

describe('layerChanges', () => {
  it.each([
    ['mark-raised', control('GOV-01', 2), control('GOV-01', 4)],
    ['mark-lowered', control('GOV-01', 4), control('GOV-01', 2)],
    ['evidence-added', control('GOV-01', 4, []), control('GOV-01', 4)],
    ['evidence-lost', control('GOV-01', 4), control('GOV-01', 4, [])],
  ])('tells %s apart by the values of the control', (expected, before, now) => {
    expect(cause(before, now)).toEqual([['GOV-01', expected]]);
  });

  it('calls it fading when nothing happened but time', () => {
    const aged = control('GOV-01', 5, [{ ...fresh, validityDays: 30 }]);
    expect(cause(aged, aged, { day: DAY + 40 })).toEqual([['GOV-01', 'evidence-faded']]);
  });

  it('names a control that begins or ceases to count', () => {
    const strong = control('GOV-01', 5);
    const strongOut = { ...strong, notApplicable: { approved: true, untilDay: DAY + 100 } };
    expect(cause(strongOut, strong)).toEqual([['GOV-01', 'entered']]);
    expect(cause(strong, strongOut)).toEqual([['GOV-01', 'left']]);
  });

  it('names the control that moved the layer most, in the direction it went', () => {
    const before = board([control('GOV-01', 5), control('GOV-02', 1), control('GOV-03', 1)]);
    const now = board([control('GOV-01', 4), control('GOV-02', 2), control('GOV-03', 5)]);
    expect(layerChanges(before, now)).toMatchObject([{ controlId: 'GOV-03', cause: 'mark-raised' }]);
  });

  it('puts the largest movement first and leaves out what is below a point', () => {
    const two = (mark: Mark, other: Mark): Scoreboard => {
      const [one] = board([control('GOV-01', mark)], { id: 'a' }).entities;
      const [another] = board([control('GOV-01', other)], { id: 'b' }).entities;
      return { method: METHOD, day: DAY, entities: [one!, another!] };
    };
    expect(layerChanges(two(4, 5), two(3, 2)).map(({ entityId }) => entityId)).toEqual(['b', 'a']);
    expect(layerChanges(two(4, 5), two(4, 5))).toEqual([]);
  });

  it('does not compare methods, nor entities that were not there', () => {
    const before = board([control('GOV-01', 1)]);
    expect(layerChanges(before, board([control('GOV-01', 5)], { method: { ...METHOD, id: 'R2' as 'R1' } }))).toEqual(
      [],
    );
    expect(layerChanges(before, board([control('GOV-01', 5)], { id: 'new' }))).toEqual([]);
  });

  it('always tells the very difference of the two scores, and turns round with time', () => {
    const mark = fc.constantFrom<Mark | null>(null, 0, 1, 2, 3, 4, 5);
    const state = fc.tuple(mark, fc.array(evidenceArbitrary, { maxLength: 2 }));
    const history = fc.array(fc.tuple(state, state), { minLength: 1, maxLength: 5 });
    const make = (states: [Mark | null, EvidenceInput[]][]) =>
      board([
        control('GOV-99', 3),
        ...states.map(([value, evidence], index) => control(`GOV-0${index}`, value, evidence)),
      ]);
    fc.assert(
      fc.property(history, (steps) => {
        const [before, now] = [make(steps.map(([old]) => old)), make(steps.map(([, young]) => young))];
        const delta = scoreOf(now) - scoreOf(before);
        const told = layerChanges(before, now).map((change) => change.delta);
        expect(told).toEqual(Math.abs(delta) < 100 ? [] : [delta]);
        expect(layerChanges(now, before).map((change) => -change.delta)).toEqual(told);
      }),
      { numRuns: 1_000 },
    );
  });
});

function scoreOf({ entities }: Scoreboard): number {
  return toBasisPoints(entities[0]!.evaluation.layers[0]!.proven.value);
}
