import { type TextPlace, placeIn } from './text-place';
import type { CedarCallResult } from './worker-channel';

/** Something Cedar found in a policy or schema, with its place if the text it was found in is at hand. */
export interface PolicyProblem extends Partial<TextPlace> {
  readonly policyId?: string;
  readonly message: string;
  /** What the parser would have taken at this place. */
  readonly expected?: string;
  readonly help?: string;
}

/** An answer of cedar-wasm: either what was asked for, or problems. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: PolicyProblem[] };

/** What a problem is about. */
export interface ProblemSubject {
  readonly policyId?: string;
  /** The text Cedar's byte offsets count in. */
  readonly text?: string;
}

export interface DetailedError {
  readonly message: string;
  readonly help?: string | null;
  readonly sourceLocations?: readonly {
    readonly start: number;
    readonly end: number;
    readonly label?: string | null;
  }[];
  readonly related?: readonly DetailedError[];
}

/** Unwraps `{ type: 'failure', errors } | { type: 'success', … }`; a thrown error is a failure like any other. */
export function answerOf<T>(result: CedarCallResult | undefined, subject?: ProblemSubject): Answer<T> {
  if (!result) return { ok: false, problems: [{ message: 'Cedar gave no answer' }] };
  if ('thrown' in result) return { ok: false, problems: [{ message: result.thrown }] };
  const answer = result.value as { readonly type: string; readonly errors?: readonly DetailedError[] };
  if (answer.type !== 'failure') return { ok: true, value: answer as T };
  return { ok: false, problems: (answer.errors ?? []).flatMap((error) => problemsOf(error, subject)) };
}

/** Flattens an error and those it brings along; cedar-wasm reports further parse errors as `related`. */
export function problemsOf(error: DetailedError, subject: ProblemSubject = {}): PolicyProblem[] {
  const { policyId, text } = subject;
  const [location] = error.sourceLocations ?? [];
  const problem: PolicyProblem = {
    ...(policyId !== undefined && { policyId }),
    message: error.message,
    ...(typeof location?.label === 'string' && { expected: location.label.replace(/^expected /, '') }),
    ...(typeof error.help === 'string' && { help: error.help }),
    ...(location && text !== undefined && placeIn(text, location)),
  };
  return [problem, ...(error.related ?? []).flatMap((related) => problemsOf(related, subject))];
}
