import { keptTuple, tupleSequence, type Value } from './values';

const SLOTS = 1 << 8;
/** Longer tuples are not arguments anyone needs to look at one by one. */
const MAX_ITEMS = 16;

/** The items of the newest tuples, which are where the arguments of the next call stand. */
export class TupleRing {
  /** Made with the first tuple: most small pickles have none. */
  private items: Float64Array | undefined;
  private readonly lengths = new Uint8Array(SLOTS);
  private sequence = 0;

  static readonly maxItems = MAX_ITEMS;

  /** `items` must not be longer than TupleRing.maxItems. */
  keep(items: readonly Value[], holds: number): Value {
    const kept = (this.items ??= new Float64Array(SLOTS * MAX_ITEMS));
    const slot = this.sequence % SLOTS;
    this.lengths[slot] = items.length;
    for (let index = 0; index < items.length; index += 1) kept[slot * MAX_ITEMS + index] = items[index]!;
    this.sequence += 1;
    return keptTuple(this.sequence - 1, holds);
  }

  /** Undefined when newer tuples have taken the slot. */
  itemsOf(tuple: Value): Value[] | undefined {
    const sequence = tupleSequence(tuple);
    if (this.items === undefined || sequence < this.sequence - SLOTS || sequence >= this.sequence) return undefined;
    const slot = sequence % SLOTS;
    return Array.from(this.items.subarray(slot * MAX_ITEMS, slot * MAX_ITEMS + this.lengths[slot]!));
  }
}
