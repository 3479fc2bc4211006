import { expect, test } from 'vitest';
import { TupleRing } from './tuple-ring';
import { keptTuple } from './values';

test('the ring forgets the oldest tuples', () => {
  const ring = new TupleRing();
  const first = ring.keep([1, 2], 1);
  const rest = Array.from({ length: 255 }, (_, n) => ring.keep([n], 0));
  expect([ring.itemsOf(first), ring.itemsOf(rest[254]!)]).toEqual([[1, 2], [254]]);
  const next = ring.keep([9], 0);
  expect([ring.itemsOf(first), ring.itemsOf(next), ring.itemsOf(keptTuple(999, 0))]).toEqual([
    undefined,
    [9],
    undefined,
  ]);
  expect(new TupleRing().itemsOf(first)).toBeUndefined();
});
