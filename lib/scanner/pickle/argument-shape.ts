import type { PickleMachine } from './machine';
import type { Call } from './observer';
import { BOOL, containerType, isLiteral, literalOffset, NONE, PERSISTENT, type Value } from './values';
import { locateLiteral } from './literal';

export const MAX_ARGUMENTS = 6;
export const MAX_TEXT = 40;

/** The kinds of a call's arguments, for people: `(str "id", int, numpy.ndarray)`. Texts are cut, bytes are not shown. */
export function describeArguments(machine: PickleMachine, call: Call): string {
  if (call.args === undefined) return '(…)';
  const shown = call.args.slice(0, MAX_ARGUMENTS).map((value) => describe(machine, value));
  return `(${shown.join(', ')}${call.args.length > MAX_ARGUMENTS ? ', …' : ''})`;
}

function describe(machine: PickleMachine, value: Value): string {
  if (value === NONE) return 'None';
  if (value === BOOL) return 'bool';
  if (value === PERSISTENT) return 'persistent';
  const reference = machine.references.get(value);
  if (reference !== undefined) return reference.label;
  const container = containerType(value);
  if (container !== undefined) return container;
  if (!isLiteral(value)) return '…';
  const { type } = locateLiteral(machine.source, literalOffset(value));
  if (type !== 'text') return type;
  const text = machine.textOf(value) ?? '';
  return `str ${JSON.stringify(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text)}`;
}
