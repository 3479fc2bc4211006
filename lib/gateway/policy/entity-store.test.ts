import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EntityJson, EntityStore } from './entity-store';

const uid = (id: number | string) => ({ type: 'G', id: String(id) });
const key = (id: number | string) => `G::"${id}"`;
const entity = (id: number | string, ...parents: (number | string)[]): EntityJson => ({
  uid: uid(id),
  attrs: { id: String(id) },
  parents: parents.map(uid),
});

/** Entities 0 … 7, each with parents of a higher number, so there is no circle. */
const hierarchy = fc
  .array(fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }), { minLength: 8, maxLength: 8 })
  .map((parents) => parents.map((above, id) => entity(id, ...above.map((step) => Math.min(8, id + step)))));

describe('entity store', () => {
  it('knows attributes, tags and all ancestors, also beyond unknown parents', () => {
    const store = EntityStore.fromJson([{ ...entity(1, 2), tags: { t: 'x' } }, entity(2, 3)]);
    expect(store.get(key(1))?.attributes.fields.get('id')).toBe('1');
    expect(store.get(key(1))?.tags.fields.get('t')).toBe('x');
    expect(store.get(key(2))?.tags.fields.size).toBe(0);
    expect(store.get(key(3))).toBeUndefined();
    expect([...store.ancestorsOf(key(1))]).toEqual([key(2), key(3)]);
    expect(store.ancestorsOf(key(3)).size).toBe(0);
  });

  it('keeps identities apart whose text could be confused', () => {
    const store = EntityStore.fromJson([entity('a"', 'b'), entity('a', 'c')]);
    expect([...store.ancestorsOf(key('a"'))]).toEqual([key('b')]);
  });

  it('refuses a circle, also one closed by a layer on top', () => {
    expect(() => EntityStore.fromJson([entity(1, 1)])).toThrow('`G::"1"` is its own ancestor');
    expect(() => EntityStore.fromJson([entity(1, 2), entity(2, 1)])).toThrow('its own ancestor');
    const base = EntityStore.fromJson([entity(1, 2)]);
    expect(() => EntityStore.fromJson([entity(2, 1)], base)).toThrow('its own ancestor');
  });

  it('refuses one identity given twice, and entities without a list of parents', () => {
    expect(() => EntityStore.fromJson([entity(1), entity(1)])).toThrow('`G::"1"` is given twice');
    expect(() => EntityStore.fromJson([{ uid: uid(1), attrs: {} } as never])).toThrow('a list of `parents`');
  });

  it('replaces an entity of the base as a whole, for the layer only', () => {
    const base = EntityStore.fromJson([{ ...entity(1, 2), tags: { t: 1 } }, entity(2, 3)]);
    const layered = EntityStore.fromJson([entity(1, 4)], base);
    expect([...layered.ancestorsOf(key(1))]).toEqual([key(4)]);
    expect(layered.get(key(1))?.tags.fields.size).toBe(0);
    expect([...base.ancestorsOf(key(1))]).toEqual([key(2), key(3)]);
    expect([...layered.ancestorsOf(key(2))]).toEqual([key(3)]);
  });

  it('sees the ancestors change that a layer gives to a parent nobody knew', () => {
    const base = EntityStore.fromJson([entity(1, 2)]);
    expect([...base.ancestorsOf(key(1))]).toEqual([key(2)]);
    const layered = EntityStore.fromJson([entity(2, 3)], base);
    expect([...layered.ancestorsOf(key(1))]).toEqual([key(2), key(3)]);
    const twice = EntityStore.fromJson([entity(3, 4)], layered);
    expect([...twice.ancestorsOf(key(1))]).toEqual([key(2), key(3), key(4)]);
    const thrice = EntityStore.fromJson([entity(1, 9)], EntityStore.fromJson([entity(7)], base));
    expect([...thrice.ancestorsOf(key(1))]).toEqual([key(9)]);
  });

  it('remembers nothing about entities it does not know, however many are asked for', () => {
    const store = EntityStore.fromJson([entity(1, 2)]);
    const layered = EntityStore.fromJson([entity(7)], store);
    expect(store.ancestorsOf(key('nobody'))).toBe(store.ancestorsOf(key('nothing')));
    expect(layered.ancestorsOf(key('nobody'))).toBe(store.ancestorsOf(key('nothing')));
    expect(store.ancestorsOf(key('nobody')).size).toBe(0);
  });

  it('lists every visible entity once', () => {
    const base = EntityStore.fromJson([entity(1, 2), entity(2)]);
    const layered = EntityStore.fromJson([entity(2), entity(3)], base);
    expect(Array.from(layered, ({ uid: { id } }) => id).toSorted()).toEqual(['1', '2', '3']);
  });

  it('answers alike however its entities are spread over layers', () => {
    fc.assert(
      fc.property(hierarchy, fc.array(fc.nat({ max: 2 }), { minLength: 8, maxLength: 8 }), (entities, layerOf) => {
        const flat = EntityStore.fromJson(entities);
        const layered = [0, 1, 2].reduce<EntityStore | undefined>(
          (base, layer) =>
            EntityStore.fromJson(
              entities.filter((_, id) => layerOf[id] === layer),
              base,
            ),
          undefined,
        )!;
        for (const id of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
          expect([...layered.ancestorsOf(key(id))].toSorted()).toEqual([...flat.ancestorsOf(key(id))].toSorted());
          expect(layered.get(key(id))?.uid.key).toBe(flat.get(key(id))?.uid.key);
        }
      }),
      { numRuns: 300 },
    );
  });
});
