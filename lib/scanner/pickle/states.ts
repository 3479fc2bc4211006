import type { PickleMachine } from './machine';
import { canonicalName } from './names';
import { SHARED } from './objects';
import type { Built, Call } from './observer';
import { containerHolds, containerType, DICT, HOLDS_REFERENCE, isSharedDict, NONE, type Value } from './values';

/** Opcodes from the SETITEMS that fills a dictionary of slots to BUILD: TUPLE2, and perhaps MEMOIZE. */
const MAX_DISTANCE = 3;
const MAX_FIELDS = 30;
/** Modules whose objects keep their state where no method is looked up in it. joblib's wrappers become arrays. */
const NATIVE =
  /^(?:numpy|pandas|scipy|pytz|dateutil|zoneinfo|datetime|decimal|fractions|uuid|torch|joblib\.numpy_pickle)\b/;
const KEEPER = /(?:Error|Exception|Warning|Exit|Interrupt|Iteration)$/;
const MAPPING = /^(?:builtins|collections|types|argparse)\./;

/** What the states of BUILD may have done to objects. `load_build` in pickle.py: a pair's second part goes through setattr. */
export class States {
  /** Some object may have got a method of its own, such as `__setstate__`, which a second BUILD calls. */
  isDubious = false;
  /** Labels of objects that got a state in which anything may lie under any name. */
  private readonly strangers = new Set<string>();

  /** Takes note of a state; false when it may set attributes such as `__class__` through setattr. */
  note(machine: PickleMachine, { target, state, fields }: Built): boolean {
    if (target !== undefined && !NATIVE.test(target.module)) this.strangers.add(target.label);
    this.isDubious ||= machine.hasSharedFill;
    const pair = machine.itemsOf(state);
    if (pair?.length === 2 && isMapping(machine, pair[1]!)) {
      this.isDubious ||= !isEmpty(pair[0]!);
      return isEmpty(pair[1]!) || isPlainSlots(machine, pair[1]!);
    }
    if (fields !== undefined) this.isDubious ||= !areOrdinary(machine, fields);
    else if (containerType(state) === 'dict') this.isDubious ||= state !== DICT;
    // A pair fetched from the memo looks so; tuples too long to be kept do, too, and hardly hold functions.
    const isForgotten = containerType(state) === 'tuple' && pair === undefined;
    return !(isForgotten && machine.hasRecalledTuple && (containerHolds(state) & HOLDS_REFERENCE) !== 0);
  }

  /** A callable gets an object in whose state it may find methods, such as `__array__`; exceptions only keep it. */
  areHandedOn(machine: PickleMachine, { args, callable }: Call): boolean {
    if (this.strangers.size === 0 || args === undefined || KEEPER.test(callable?.name ?? '')) return false;
    return args.some((value) => {
      const reference = machine.references.get(value);
      return reference?.touched === SHARED && this.strangers.has(reference.label);
    });
  }
}

const isEmpty = (value: Value): boolean => value === NONE || value === DICT;

function isMapping(machine: PickleMachine, value: Value): boolean {
  if (containerType(value) === 'dict') return true;
  const reference = machine.references.get(value);
  if (reference === undefined || reference.kind === 'global') return false;
  return MAPPING.test(canonicalName(reference.module, reference.name));
}

/** A dictionary filled once, right before, with the names of ordinary attributes. */
function isPlainSlots(machine: PickleMachine, slots: Value): boolean {
  const { lastFill, opcodes, hasSharedFill } = machine;
  const isKnown = lastFill.isFirst && opcodes - lastFill.opcode <= MAX_DISTANCE;
  if (!isKnown || hasSharedFill || isSharedDict(slots) || containerType(slots) !== 'dict') return false;
  return areOrdinary(machine, lastFill.items);
}

function areOrdinary(machine: PickleMachine, items: readonly Value[]): boolean {
  if (items.length > 2 * MAX_FIELDS) return false;
  return items.every((key, index) => {
    if (index % 2 === 1) return true;
    const name = machine.isBytes(key) ? undefined : machine.textOf(key);
    return name !== undefined && !name.startsWith('__');
  });
}
