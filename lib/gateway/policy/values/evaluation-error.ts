/** Why a policy could not be evaluated, as a closed list that callers may branch on. */
export type EvaluationErrorCode =
  | 'type'
  | 'overflow'
  | 'missing-entity'
  | 'missing-attribute'
  | 'missing-tag'
  | 'extension'
  | 'internal';

/**
 * A Cedar evaluation error: the policy has no truth value for this request.
 *
 * Cedar skips such a policy; the product denies the request instead (see `decide.ts`).
 */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';

  constructor(
    readonly code: EvaluationErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Input that Cedar's JSON formats do not allow: a request, entity or value that cannot be understood. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}
