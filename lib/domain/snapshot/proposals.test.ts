import { describe, expect, test } from 'vitest';
import { freezeInput } from '@/test/snapshot-fixture';
import type { EntityInput } from '../score/input';
import { proposeDecisions, type DecisionSources } from './decisions';
import { freeze } from './freeze';
import { scoreGroup } from './scoring';
import { dueRenewals } from './renewals';

const content = freeze(freezeInput({ entities: 9 }));
const SOURCES: DecisionSources = {
  entities: content.entities,
  day: content.day,
  method: content.method,
  controlOfCap: { 'cap-board-approval': 'GOV-01', 'cap-registration': 'GOV-13' },
  chargeOf: () => ({ owner: null, dueOn: null }),
};

describe('decisions a month proposes', () => {
  test('name each cap in force once, with every entity under it and the control that lifts it', () => {
    const registration = { id: 'cap-registration', cap: 3_000, reason: { key: 'missing', params: {} } } as const;
    const entities = content.entities.map((entity, index) =>
      index < 2 ? { ...entity, score: { ...entity.score, caps: [...entity.score.caps, registration] } } : entity,
    );
    const caps = proposeDecisions({ ...SOURCES, entities }).filter(({ subject }) => subject.kind === 'cap');
    const under = content.entities.filter(({ score }) => score.caps.length > 0).map(({ score }) => score.id);
    expect(caps).toMatchObject([
      { record: { kind: 'control', id: 'GOV-13' }, subject: { cap: 'cap-registration', capBp: 3_000 } },
      { record: { kind: 'control', id: 'GOV-01' }, subject: { cap: 'cap-board-approval', entities: under } },
    ]);
  });

  test('ask the person most entities name, by the earliest date', () => {
    const charges = [
      { owner: 'Ole', dueOn: '2026-12-01' },
      { owner: 'Miriam', dueOn: null },
      { owner: 'Miriam', dueOn: '2026-11-20' },
    ];
    const entities = content.entities.slice(0, 3).map((entity) => ({
      ...entity,
      score: {
        ...entity.score,
        caps: [{ id: 'cap-board-approval', cap: 4_900, reason: { key: 'x', params: {} } } as const],
      },
    }));
    const chargeOf = (entity: string) => charges[entities.findIndex(({ score }) => score.id === entity)]!;
    const [decision] = proposeDecisions({ ...SOURCES, entities, chargeOf });
    expect(decision).toMatchObject({ owner: 'Miriam', dueOn: '2026-11-20' });
  });

  test('promise for a control exactly what the group would gain', () => {
    const decision = proposeDecisions(SOURCES).find(({ subject }) => subject.kind === 'control');
    expect(decision).toBeDefined();
    const { control, gainBp } = decision!.subject as { control: string; gainBp: number };
    const inputs = content.entities.map(({ input }): EntityInput => ({
      ...input,
      controls: input.controls.map((one) =>
        one.id === control
          ? {
              ...one,
              documentation: 5,
              implementation: 5,
              evidence: [{ strength: 'independent', collectedDay: content.day, validityDays: 365 }],
            }
          : one,
      ),
    }));
    expect(scoreGroup(inputs, content.day, content.method).proven - content.group.proven).toBe(gainBp);
    expect(gainBp).toBeGreaterThanOrEqual(10);
  });

  test('are none where nothing holds the group down', () => {
    const full = freezeInput({ entities: 2 });
    const proof = { id: 'p', strength: 'independent', collectedDay: full.day, validityDays: 365 } as const;
    const entities = freeze({
      ...full,
      entities: full.entities.map((entity) => ({
        ...entity,
        input: {
          ...entity.input,
          caps: [],
          controls: entity.input.controls.map((control) => ({
            ...control,
            documentation: 5,
            implementation: 5,
            evidence: [proof],
          })),
        },
      })),
    }).entities;
    expect(proposeDecisions({ ...SOURCES, entities })).toEqual([]);
  });
});

describe('renewals that are due', () => {
  const DAY = 20_000;
  test('are those that end within the horizon or have ended, soonest first', () => {
    const due = dueRenewals(
      [input([item('later', DAY)], [item('edge', DAY - 275)], [item('past', DAY - 500)], [item('beyond', DAY - 274)])],
      DAY,
    );
    expect(due).toEqual([
      { evidence: 'past', lastDay: DAY - 135, controls: 1 },
      { evidence: 'edge', lastDay: DAY + 90, controls: 1 },
    ]);
  });

  test('leave out an old item where the same assessment has a later one', () => {
    expect(dueRenewals([input([item('old', DAY - 400), item('new', DAY - 10)])], DAY)).toEqual([]);
    expect(dueRenewals([input([item('old', DAY - 400), item('future', DAY + 10)])], DAY)).toMatchObject([
      { evidence: 'old' },
    ]);
  });

  test('count every assessment that rests on one piece, units too', () => {
    const shared = item('shared', DAY - 360);
    const base = input([shared], [shared]);
    const units = [
      { ...base.controls[0]!, id: 'u', criticality: 1, critical: false, evidence: [item('shared', DAY - 364)] },
    ];
    const withUnits = { ...base, controls: [base.controls[0]!, { ...base.controls[1]!, units }] };
    expect(dueRenewals([withUnits], DAY)).toEqual([{ evidence: 'shared', lastDay: DAY + 1, controls: 2 }]);
  });
});

function item(id: string, collectedDay: number, validityDays = 365) {
  return { id, strength: 'document' as const, collectedDay, validityDays };
}

function input(...evidence: ReturnType<typeof item>[][]): EntityInput {
  const controls = evidence.map((items, index) => ({
    id: `C-${index}`,
    layer: 'L1',
    weight: 1,
    key: false,
    notApplicable: null,
    documentation: 3,
    implementation: 3,
    target: 3,
    evidence: items,
  })) satisfies EntityInput['controls'];
  return { id: 'e', criticality: 1, caps: [], controls };
}
