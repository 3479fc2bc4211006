import { createHash } from 'node:crypto';
import { assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freezeInput } from '@/test/snapshot-fixture';
import type { EntityInput } from '../score/input';
import type { SnapshotContent } from './content';
import { difference } from './difference';
import { digestOf } from './digest';
import { freeze, recompute, type FreezeInput } from './freeze';
import { headlineOf, monthsBefore, trendMonths } from './trend';

/** Canonical enough for these contents: keys sorted by code unit, no numbers that RFC 8785 would write otherwise. */
const canonicalise = (value: unknown): string => JSON.stringify(value, (_, inner: unknown) => sortKeys(inner));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const digest = (content: SnapshotContent) => digestOf(content, canonicalise, sha256);

describe('freezing a month', () => {
  const content = freeze(freezeInput({ entities: 4 }));

  test('keeps every input and every output of the score', () => {
    expect(content.entities).toHaveLength(4);
    for (const { input, score } of content.entities) {
      expect(score.controls.map((control) => control.id)).toEqual(input.controls.map((control) => control.id));
      expect(score.layers.map((layer) => layer.id)).toEqual(['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7']);
    }
    expect(content.group.proven).toBeGreaterThan(0);
    expect(content.method.id).toBe('R1');
  });

  test('survives JSON: what is read back is what was frozen', () => {
    expect(JSON.parse(canonicalise(content))).toEqual(content);
  });

  test('gives the same digest whatever order the lists come in', () => {
    const input = freezeInput({ entities: 4, evidencePerControl: 3 });
    const shuffled: FreezeInput = {
      ...input,
      evidence: input.evidence.toReversed(),
      catalogue: { ...input.catalogue, controls: input.catalogue.controls.toReversed() },
      entities: input.entities.toReversed().map((entity) => ({
        ...entity,
        input: {
          ...entity.input,
          controls: entity.input.controls
            .toReversed()
            .map((control) => ({ ...control, evidence: control.evidence.toReversed() })),
        },
      })),
    };
    expect(digest(freeze(shuffled))).toBe(digest(freeze(input)));
  });

  test('is reproduced byte for byte from its own inputs under its own method', () => {
    const read = JSON.parse(canonicalise(content)) as SnapshotContent;
    expect(canonicalise(recompute(read, null))).toBe(canonicalise(content));
  });

  test('does not pass recomputing once a frozen score was changed by hand', () => {
    const forged = { ...content, group: { ...content.group, proven: 9_900 } };
    expect(digest(recompute(forged, null))).not.toBe(digest(forged));
  });

  test('changes its digest with any change of an input', () => {
    const [first, ...rest] = content.entities;
    const renamed = { ...content, entities: [{ ...first!, name: `${first!.name} ` }, ...rest] };
    expect(digest(renamed)).not.toBe(digest(content));
  });
});

describe('what a month remembers of the one before', () => {
  const september = freeze(freezeInput({ entities: 3, month: '2026-09' }));
  const named = { id: september.organisation.id, month: '2026-09', digest: digest(september) };
  const october = freeze({ ...freezeInput({ entities: 3, month: '2026-10' }), previous: named }, september);

  test('is why the score moved, and every score a move is drawn from', () => {
    const { since } = october.facts;
    expect(since?.split).toEqual(difference(september, october));
    expect(since?.entities.map(({ id, proven }) => [id, proven])).toEqual(
      september.entities.map(({ score }) => [score.id, score.proven]),
    );
    expect(since?.layers).toEqual(Object.fromEntries(september.group.layers.map(({ id, score }) => [id, score])));
  });

  test('is computed anew by a check, so that it cannot be made up', () => {
    expect(canonicalise(recompute(october, september))).toBe(canonicalise(october));
    const flattered = { ...october.facts.since!, split: { ...october.facts.since!.split, decay: 0 } };
    const forged = { ...october, facts: { ...october.facts, since: flattered } };
    expect(digest(recompute(forged, september))).not.toBe(digest(forged));
  });

  test('is refused of a month it does not name', () => {
    expect(() => freeze(freezeInput({ entities: 1 }), september)).toThrow(RangeError);
  });
});

describe('the difference between two months', () => {
  const september = freeze(freezeInput({ entities: 3, month: '2026-09' }));
  /** The same inputs, seen a month later: nobody did anything. */
  const aged = later(september, (inputs) => inputs);

  test('without any work is decay alone', () => {
    const { total, decay, real, scope, method } = difference(september, aged);
    expect(total).toBeLessThan(0);
    expect({ decay, real, scope, method }).toEqual({ decay: total, real: 0, scope: 0, method: 0 });
  });

  test('tells work from ageing: marks raised are real', () => {
    const worked = later(september, (inputs) => inputs.map(raiseMarks));
    const { decay, real, scope, method } = difference(september, worked);
    expect(decay).toBe(difference(september, aged).decay);
    expect(real).toBeGreaterThan(0);
    expect({ scope, method }).toEqual({ scope: 0, method: 0 });
  });

  test('counts a lifted cap as work', () => {
    const capped = later(september, (inputs) => inputs.map((input) => ({ ...input, caps: [BOARD_CAP] })));
    const lifted = later(capped, (inputs) => inputs.map((input) => ({ ...input, caps: [] })), 0);
    const { total, real } = difference(capped, lifted);
    expect(total).toBeGreaterThanOrEqual(0);
    expect(real).toBe(total);
  });

  test('counts entities and controls that enter or leave as scope', () => {
    const smaller = later(
      september,
      (inputs) => inputs.slice(1).map((input) => ({ ...input, controls: input.controls.slice(20) })),
      0,
    );
    const { total, decay, real, scope } = difference(september, smaller);
    expect({ decay, real, scope }).toEqual({ decay: 0, real: 0, scope: total });
    expect(difference(smaller, september)).toMatchObject({ scope: -total, real: 0, method: 0 });
  });

  test('counts another method as method, from either side', () => {
    const stricter = freeze({ ...september, method: { ...september.method, weakestMargin: 0, floor: 1_000 } });
    const { total, decay, real, scope, method } = difference(september, stricter);
    expect(total).not.toBe(0);
    expect({ decay, real, scope, method }).toEqual({ decay: 0, real: 0, scope: 0, method: total });
  });

  test('counts other weights in a new catalogue as method', () => {
    const controls = september.catalogue.controls.map((control) => ({ ...control, weight: 4 - control.weight }));
    const weights = new Map(controls.map((control) => [control.id, control.weight]));
    const reweighed = freeze({
      ...september,
      catalogue: { version: '0.2.0', controls },
      entities: september.entities.map((entity) => ({
        ...entity,
        input: {
          ...entity.input,
          controls: entity.input.controls.map((control) => ({ ...control, weight: weights.get(control.id)! })),
        },
      })),
    });
    const { total, real, scope, method } = difference(september, reweighed);
    expect(total).not.toBe(0);
    expect({ real, scope, method }).toEqual({ real: 0, scope: 0, method: total });
  });

  test('adds up exactly, and decay never lifts the score, whatever changed at once', () => {
    const anyChange = record({
      days: integer({ min: 0, max: 400 }),
      dropEntities: integer({ min: 0, max: 2 }),
      dropControls: integer({ min: 0, max: 60 }),
      isRaised: boolean(),
      isCapped: boolean(),
      weakestMargin: constantFrom(0, 1_000, 2_000),
    });
    assert(
      property(anyChange, ({ days, dropEntities, dropControls, isRaised, isCapped, weakestMargin }) => {
        const changed = later(
          september,
          (inputs) =>
            inputs.slice(dropEntities).map((input) => ({
              ...(isRaised ? raiseMarks(input) : input),
              controls: (isRaised ? raiseMarks(input) : input).controls.slice(dropControls),
              caps: isCapped ? [BOARD_CAP] : [],
            })),
          days,
        );
        const current = freeze({ ...changed, method: { ...changed.method, weakestMargin } });
        const { total, real, decay, scope, method } = difference(september, current);
        expect(real + decay + scope + method).toBe(total);
        expect(total).toBe(current.group.proven - september.group.proven);
        expect(decay).toBeLessThanOrEqual(0);
        expect(method === 0 || weakestMargin !== september.method.weakestMargin).toBe(true);
      }),
      { numRuns: 120 },
    );
  });
});

describe('the line of months', () => {
  test('leaves a gap where a month is missing and nothing before the first', () => {
    const months = trendMonths([month('2026-07'), month('2026-10')], '2026-10');
    expect(months.map(({ month, snapshot }) => [month, snapshot !== null])).toEqual([
      ['2026-07', true],
      ['2026-08', false],
      ['2026-09', false],
      ['2026-10', true],
    ]);
  });

  test('is cut where the method or the catalogue changes, also across a gap', () => {
    const months = trendMonths(
      [month('2026-06'), month('2026-08', 'R1', '2'), month('2026-09', 'R1', '2'), month('2026-10', 'R2', '2')],
      '2026-10',
    );
    expect(months.map(({ isBreak }) => isBreak)).toEqual([false, false, true, false, true]);
  });

  test('holds twelve months and counts them over the turn of the year', () => {
    const many = Array.from({ length: 30 }, (_, back) => month(monthsBefore('2027-02', back))).toReversed();
    const months = trendMonths(many, '2027-02');
    expect(months).toHaveLength(12);
    expect([months[0]?.month, months.at(-1)?.month]).toEqual(['2026-03', '2027-02']);
  });

  test('shows a month as its restatement has it', () => {
    const months = trendMonths([month('2026-10'), { ...month('2026-10'), id: 'restated' }], '2026-10');
    expect(months.map(({ snapshot }) => snapshot?.id)).toEqual(['restated']);
  });

  test('remembers the headline of a snapshot', () => {
    const content = freeze(freezeInput({ entities: 1 }));
    expect(headlineOf('id', 'digest', content)).toMatchObject({
      month: '2026-10',
      proven: content.group.proven,
      method: 'R1',
      catalogueVersion: '0.1.0',
    });
  });
});

function month(name: string, method = 'R1', catalogueVersion = '1') {
  return { id: name, month: name, digest: '', proven: 5_000, claimed: 6_000, method, catalogueVersion };
}

const BOARD_CAP = {
  id: 'cap-board-approval',
  cap: 2_000,
  reason: { key: 'score.caps.boardApproval.never', params: {} },
} as const;

function later(from: SnapshotContent, change: (inputs: EntityInput[]) => EntityInput[], days = 31): SnapshotContent {
  const facts = new Map(from.entities.map((entity) => [entity.input.id, entity]));
  const inputs = change(from.entities.map((entity) => entity.input));
  const entities = inputs.map((input) => ({ ...facts.get(input.id)!, input }));
  return freeze({ ...from, day: from.day + days, entities });
}

function raiseMarks(input: EntityInput): EntityInput {
  const controls = input.controls.map((control) => ({
    ...control,
    documentation: 5 as const,
    implementation: 5 as const,
  }));
  return { ...input, controls };
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
