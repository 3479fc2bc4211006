import type { CedarCallResult } from './worker-channel';

/** Something Cedar found in a policy or schema; `start` and `end` are UTF-8 byte offsets into its text. */
export interface PolicyProblem {
  readonly policyId?: string;
  readonly message: string;
  readonly help?: string;
  readonly start?: number;
  readonly end?: number;
}

/** An answer of cedar-wasm: either what was asked for, or problems. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: PolicyProblem[] };

interface DetailedError {
  readonly message: string;
  readonly help?: string | null;
  readonly sourceLocations?: readonly { readonly start: number; readonly end: number }[];
  readonly related?: readonly DetailedError[];
}

/** Unwraps `{ type: 'failure', errors } | { type: 'success', … }`; a thrown error is a failure like any other. */
export function answerOf<T>(result: CedarCallResult | undefined): Answer<T> {
  if (!result) return { ok: false, problems: [{ message: 'Cedar gave no answer' }] };
  if ('thrown' in result) return { ok: false, problems: [{ message: result.thrown }] };
  const answer = result.value as { readonly type: string; readonly errors?: readonly DetailedError[] };
  if (answer.type !== 'failure') return { ok: true, value: answer as T };
  return { ok: false, problems: (answer.errors ?? []).flatMap((error) => problemsOf(error)) };
}

/** Flattens an error and those it brings along; cedar-wasm reports further parse errors as `related`. */
export function problemsOf(error: DetailedError, policyId?: string): PolicyProblem[] {
  const [location] = error.sourceLocations ?? [];
  const problem: PolicyProblem = {
    ...(policyId !== undefined && { policyId }),
    message: error.message,
    ...(typeof error.help === 'string' && { help: error.help }),
    ...(location && { start: location.start, end: location.end }),
  };
  return [problem, ...(error.related ?? []).flatMap((related) => problemsOf(related, policyId))];
}
