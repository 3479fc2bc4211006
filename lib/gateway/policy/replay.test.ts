import { describe, expect, it } from 'vitest';
import { compilePolicySet } from './compile/policy-set';
import { EntityStore } from './entity-store';
import type { Expression, PolicyJson } from './language/expression';
import { type RecordedDecision, replay, type ReplayChange, type ReplayOptions, type ReplaySummary } from './replay';

const policy = (effect: 'permit' | 'forbid', body: Expression): PolicyJson => ({
  effect,
  principal: { op: 'All' },
  action: { op: 'All' },
  resource: { op: 'All' },
  conditions: [{ kind: 'when', body }],
});
const hour: Expression = { '.': { left: { Var: 'context' }, attr: 'hour' } };
const before = (limit: number): Expression => ({ '<': { left: hour, right: { Value: limit } } });
const setOf = (...policies: PolicyJson[]) => compilePolicySet({ policies: Object.fromEntries(policies.entries()) });

const uid = { type: 'A', id: 'x' };
const recorded = (id: string, hourOfDay: number, effect: 'allow' | 'deny'): RecordedDecision => ({
  id,
  request: { principal: uid, action: uid, resource: uid, context: { hour: hourOfDay } },
  effect,
});
const DAY = Array.from({ length: 24 }, (_, now) => recorded(`h${now}`, now, now < 12 ? 'allow' : 'deny'));

async function collect(
  records: AsyncIterable<RecordedDecision> | Iterable<RecordedDecision>,
  policies: ReturnType<typeof setOf>,
  options?: ReplayOptions,
): Promise<{ changes: ReplayChange[]; summary: ReplaySummary }> {
  const changes: ReplayChange[] = [];
  const run = replay(records, policies, options);
  for (let next = await run.next(); ; next = await run.next()) {
    if (next.done) return { changes, summary: next.value };
    changes.push(next.value);
  }
}

describe('replay under another policy set', () => {
  it('finds nothing to tell when the set decides as before', async () => {
    const { changes, summary } = await collect(DAY, setOf(policy('permit', before(12))));
    expect(changes).toEqual([]);
    expect(summary).toEqual({ replayed: 24, newlyDenied: 0, newlyAllowed: 0, erroneous: 0, unreadable: 0 });
  });

  it('tells each request that is newly denied or newly allowed, with the new decision', async () => {
    const stricter = await collect(DAY, setOf(policy('permit', before(10))));
    expect(stricter.changes.map(({ id, kind }) => [id, kind])).toEqual([
      ['h10', 'newly-denied'],
      ['h11', 'newly-denied'],
    ]);
    expect(stricter.changes[0]).toMatchObject({ before: 'allow', after: { effect: 'deny', basis: 'not-permitted' } });
    expect(stricter.summary).toMatchObject({ newlyDenied: 2, newlyAllowed: 0 });
    const looser = await collect(DAY, setOf(policy('permit', before(13))));
    expect(looser.changes).toMatchObject([
      { id: 'h12', kind: 'newly-allowed', before: 'deny', after: { policyIds: ['0'] } },
    ]);
    expect(looser.summary).toMatchObject({ newlyDenied: 0, newlyAllowed: 1 });
  });

  it('compares with the current set instead of the record when asked to', async () => {
    const records = DAY.map((record) => ({ ...record, effect: 'deny' as const }));
    const { changes } = await collect(records, setOf(policy('permit', before(11))), {
      current: setOf(policy('permit', before(12))),
    });
    expect(changes.map(({ id }) => id)).toEqual(['h11']);
  });

  it('denies and counts records with an erroneous policy or an unreadable request', async () => {
    const records = [
      { ...recorded('error', 1, 'allow'), request: { ...recorded('', 1, 'allow').request, context: {} } },
      { ...recorded('unreadable', 1, 'allow'), request: undefined as never },
      recorded('fine', 1, 'allow'),
    ];
    const { changes, summary } = await collect(records, setOf(policy('permit', before(12))));
    expect(changes.map(({ id, after }) => [id, after.basis])).toEqual([
      ['error', 'policy-error'],
      ['unreadable', 'invalid-input'],
    ]);
    expect(summary).toEqual({ replayed: 3, newlyDenied: 2, newlyAllowed: 0, erroneous: 1, unreadable: 1 });
  });

  it('lays the entities of each record over the base', async () => {
    const member: Expression = {
      in: { left: { Var: 'principal' }, right: { Value: { __entity: { type: 'G', id: 'g' } } } },
    };
    const base = EntityStore.fromJson([{ uid: { type: 'T', id: 't' }, attrs: {}, parents: [{ type: 'G', id: 'g' }] }]);
    const entities = [{ uid, attrs: {}, parents: [{ type: 'T', id: 't' }] }];
    const records = [{ ...recorded('with', 1, 'deny'), entities }, recorded('without', 1, 'deny')];
    const { changes } = await collect(records, setOf(policy('permit', member)), { base });
    expect(changes.map(({ id }) => id)).toEqual(['with']);
  });

  it('reads a stream as it comes and stops reading when its consumer stops', async () => {
    let read = 0;
    let isClosed = false;
    async function* stream() {
      try {
        for (const record of DAY) {
          read++;
          yield record;
        }
      } finally {
        isClosed = true;
      }
    }
    for await (const change of replay(stream(), setOf(policy('permit', before(10))))) {
      expect(change.id).toBe('h10');
      break;
    }
    expect(read).toBe(11);
    expect(isClosed).toBe(true);
  });

  it('lets others run between slices', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await collect(
      Array.from({ length: 2_000 }, (_, id) => recorded(String(id), 1, 'allow')),
      setOf(policy('permit', before(12))),
      { sliceMs: 0 },
    );
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });
});
