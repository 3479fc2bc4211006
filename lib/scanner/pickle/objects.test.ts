import { describe, expect, test } from 'vitest';
import { FILLED, type Reference, ReferenceTable, resultOf, SHARED } from './objects';
import { BOOL, HOLDS_LITERAL, HOLDS_REFERENCE, HOLDS_TAINT, NONE, objectValue } from './values';

const named = (name: string, fields: Partial<Reference> = {}): Reference => ({
  kind: 'global',
  module: 'm',
  name,
  label: `m.${name}`,
  trust: 'unknown',
  ...fields,
});

describe('references', () => {
  test('are kept once, and apart when kind, trust, label or note differ', () => {
    const table = new ReferenceTable();
    const first = table.intern(named('f'));
    expect(first).toBe(objectValue(0));
    expect(table.intern(named('f'))).toBe(first);
    const others = [
      named('g'),
      named('f', { kind: 'result' }),
      named('f', { trust: 'allowed' }),
      named('f', { note: 'x' }),
    ].map((one) => table.intern(one));
    expect(new Set([first, ...others]).size).toBe(5);
    expect(table.get(first)).toEqual(named('f'));
    expect(table.intern(named('f', { note: '' }))).toBe(first);
  });

  test('are none for constants', () => {
    const table = new ReferenceTable();
    expect(table.get(NONE)).toBeUndefined();
    table.intern(named('f'));
    expect([table.get(NONE), table.get(BOOL), table.get(objectValue(5))]).toEqual([undefined, undefined, undefined]);
  });

  test('taint what holds them only when a call nobody vouches for made them', () => {
    const table = new ReferenceTable();
    const holds = (fields: Partial<Reference>): number => table.holds(table.intern(named('f', fields)));
    expect(holds({ kind: 'result' })).toBe(HOLDS_TAINT);
    expect(holds({ kind: 'result', trust: 'denied' })).toBe(HOLDS_TAINT);
    expect(holds({ kind: 'result', trust: 'allowed' })).toBe(HOLDS_REFERENCE);
    expect(holds({ kind: 'instance' })).toBe(HOLDS_REFERENCE);
    expect(holds({})).toBe(HOLDS_REFERENCE);
    expect(table.holds(objectValue(99))).toBe(HOLDS_REFERENCE);
  });

  test('of calls keep the first name, however often the result is called', () => {
    const once = resultOf(named('f'), 'result', { trust: 'unknown', note: 'n' });
    expect(once).toEqual({ kind: 'result', module: 'm', name: 'f', label: 'm.f()', trust: 'unknown', note: 'n' });
    expect(resultOf(once, 'instance', { trust: 'allowed' })).toMatchObject({
      label: 'm.f()',
      kind: 'instance',
      trust: 'allowed',
    });
    expect(resultOf(undefined, 'result', { trust: 'denied' })).toMatchObject({ module: '', name: '', label: '?()' });
  });

  test('of data hold the literals they were made of', () => {
    const table = new ReferenceTable();
    const data = table.intern(named('f', { kind: 'result', trust: 'allowed', isData: true }));
    expect(table.holds(data)).toBe(HOLDS_REFERENCE | HOLDS_LITERAL);
  });

  test('are marked by what happens to them, results and instances only, and the stronger mark stays', () => {
    const table = new ReferenceTable();
    const made = table.intern(named('f', { kind: 'instance' }));
    const filled = table.touch(made, FILLED);
    const shared = table.touch(filled, SHARED);
    expect([made, filled, shared].map((value) => table.get(value)?.touched)).toEqual([undefined, FILLED, SHARED]);
    expect([table.touch(made, SHARED), table.touch(shared, FILLED), table.touch(made, FILLED)]).toEqual([
      shared,
      shared,
      filled,
    ]);
    const name = table.intern(named('g'));
    expect([table.touch(name, SHARED), table.touch(NONE, SHARED)]).toEqual([name, NONE]);
  });

  test('are full at their limit', () => {
    const table = new ReferenceTable(2);
    expect(table.isFull).toBe(false);
    table.intern(named('f'));
    table.intern(named('f'));
    expect(table.isFull).toBe(false);
    table.intern(named('g'));
    expect(table.isFull).toBe(true);
    expect(new ReferenceTable().isFull).toBe(false);
  });
});
