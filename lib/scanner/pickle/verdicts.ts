import { ALLOWED_CALLS, type ArgumentShape } from './allowed-names';
import {
  isAllowedFunction,
  isAllowedMethod,
  isAnnotation,
  isArrayFunction,
  isHarmlessClass,
  isIterated,
  isLibraryAttribute,
  isOfClass,
  isPlainCodec,
  isRandomState,
} from './argument-rules';
import type { PickleMachine } from './machine';
import type { Call, CallVerdict } from './observer';
import { HOLDS_TAINT } from './values';

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
  if (shape === 'iterator' && isIterated(machine, call)) return ALLOWED;
  return shape === 'annotation' && isAnnotation(machine, call) ? ALLOWED : undefined;
}

/** Old protocols make all objects by functions of copyreg: their results are known by their class. */
function madeOf(machine: PickleMachine, { args }: Call, full: string): CallVerdict {
  const made = machine.references.get(args![0]!);
  return full.startsWith('copyreg.') && made !== undefined ? { trust: 'allowed', made } : ALLOWED;
}

/** The verdict on a call whose arguments are as the list of allowed names wants them; undefined when they are not. */
export function judgeArguments(
  machine: PickleMachine,
  call: Call,
  full: string,
  shape: ArgumentShape,
): CallVerdict | undefined {
  const { args, holds } = call;
  switch (shape) {
    case 'without-arguments':
      return args?.length === 0 ? ALLOWED : undefined;
    case 'without-buffer':
      return args !== undefined && args.length <= 2 ? ALLOWED : undefined;
    case 'class-first':
      return isHarmlessClass(machine, call, full) ? madeOf(machine, call, full) : undefined;
    case 'function-first':
      return isAllowedFunction(machine, call) ? ALLOWED : undefined;
    case 'keeps-function':
      return (holds & HOLDS_TAINT) === 0 ? ALLOWED : undefined;
    case 'codec':
      return isPlainCodec(machine, call) ? ALLOWED : undefined;
    case 'ufunc':
      return isArrayFunction(machine, call) ? ATTRIBUTE : undefined;
    case 'random-state':
      return isRandomState(machine, call) ? ALLOWED : undefined;
    case 'alias':
      return isOfClass(machine, call) ? ATTRIBUTE : undefined;
    default:
      return undefined;
  }
}
