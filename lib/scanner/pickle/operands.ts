import type { PickleMachine } from './machine';
import { TupleRing } from './tuple-ring';
import {
  containerHolds,
  EMPTY_TUPLE,
  forgottenTuple,
  HOLDS_LITERAL,
  HOLDS_REFERENCE,
  isLiteral,
  LOST_LITERAL,
  PERSISTENT,
  type Value,
} from './values';

/** Carries out one opcode. The machine has already moved past the opcode's byte. */
export type Handler = (machine: PickleMachine) => void;

/** Kinds of values, as a container that holds `value` would carry them. */
export function holdsOf(machine: PickleMachine, value: Value): number {
  if (value < 0) return machine.references.holds(value);
  if (value === LOST_LITERAL) return HOLDS_LITERAL;
  if (value === PERSISTENT) return HOLDS_REFERENCE;
  return isLiteral(value) ? HOLDS_LITERAL : containerHolds(value);
}

export const underflow = (machine: PickleMachine): void => machine.fail('broken', 'the stack is empty');
export const noMark = (machine: PickleMachine): void => machine.fail('broken', 'there is no MARK');

export function holdsOfAll(machine: PickleMachine, values: readonly Value[]): number {
  let holds = 0;
  for (const value of values) holds |= holdsOf(machine, value);
  return holds;
}

/** Kinds of all values above `mark`. */
export function holdsFrom(machine: PickleMachine, mark: number): number {
  let holds = 0;
  machine.stack.forEachRunFrom(mark, (value) => {
    holds |= holdsOf(machine, value);
  });
  return holds;
}

/** The tuple of the values above `mark`, which leave the stack. */
export function takeTuple(machine: PickleMachine, mark: number): Value {
  const { stack, tuples } = machine;
  const holds = holdsFrom(machine, mark);
  const items = stack.itemsFrom(mark, TupleRing.maxItems + 1);
  stack.cut(mark);
  if (items.length === 0) return EMPTY_TUPLE;
  return items.length > TupleRing.maxItems ? forgottenTuple(holds) : tuples.keep(items, holds);
}
