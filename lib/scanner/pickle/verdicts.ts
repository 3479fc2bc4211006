import { ALLOWED_CALLS } from './allowed-names';
import { isAllowedMethod, isAnnotation, isLibraryAttribute } from './argument-rules';
import type { PickleMachine } from './machine';
import type { Call, CallVerdict } from './observer';

export const ALLOWED: CallVerdict = { trust: 'allowed' };
/** The result may be a function: setting attributes of it is as bad as of a global. */
export const ATTRIBUTE: CallVerdict = { trust: 'allowed', note: 'attribute' };
/** The same, and the function may be called. */
export const METHOD: CallVerdict = { trust: 'allowed', note: 'method' };
export const DATA: CallVerdict = { trust: 'allowed', isData: true };
export const UNKNOWN: CallVerdict = { trust: 'unknown' };
export const DENIED: CallVerdict = { trust: 'denied' };

/** The verdict on a call of a dangerous name with arguments that make it harmless; undefined for all other calls. */
export function judgeGuarded(machine: PickleMachine, call: Call, full: string): CallVerdict | undefined {
  const shape = ALLOWED_CALLS.get(full);
  if (shape === 'attribute' && isLibraryAttribute(machine, call))
    return isAllowedMethod(machine, call) ? METHOD : ATTRIBUTE;
  if (shape === 'type-of' && call.kind === 'REDUCE' && call.args?.length === 1) return ALLOWED;
  return shape === 'annotation' && isAnnotation(machine, call) ? ALLOWED : undefined;
}
