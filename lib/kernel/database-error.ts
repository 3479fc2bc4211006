import { DatabaseError } from 'pg';
import { AppError } from './errors';

/**
 * What the database refuses becomes an error a caller understands; what it cannot do now becomes UNAVAILABLE.
 * Constraint names are part of the schema, so a feature may map its own before they arrive here.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const cause = databaseCause(error);
  if (!cause) return isConnectionTrouble(error) ? unavailable(error) : error;
  switch (cause.code) {
    case '23505':
      return new AppError('CONFLICT', 'system.exists', { cause: error, reason: 'illegal-state' });
    case '23503':
      return new AppError('NOT_FOUND', 'missing.reference', { cause: error });
    case '23514':
    case '22P02':
    case '22001':
    case '22007':
    case '22003':
    case '22008':
    case '22021':
    case '22P05':
    case '54000':
      return new AppError('INVALID', 'system.notAllowed', {
        cause: error,
        issues: [{ path: cause.column ?? cause.constraint ?? 'body', message: 'system.valueNotAllowed' }],
      });
    case '23001':
      return new AppError('CONFLICT', 'system.proof', {
        cause: error,
        reason: 'illegal-state',
      });
    case '40001':
    case '40P01':
    case '55P03':
      return new AppError('CONFLICT', 'stale.sameMoment', {
        cause: error,
        reason: 'stale-version',
      });
    case '57014':
    case '57P01':
    case '57P03':
    case '53300':
      return unavailable(error);
    default:
      return error;
  }
}

function unavailable(cause: unknown): AppError {
  return new AppError('UNAVAILABLE', 'system.unavailable', {
    cause,
    retryAfterSeconds: 2,
  });
}

/** drizzle wraps the driver's error. */
function databaseCause(error: unknown): DatabaseError | undefined {
  if (error instanceof DatabaseError) return error;
  return error instanceof Error && error.cause !== undefined ? databaseCause(error.cause) : undefined;
}

function isConnectionTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|connection timeout/i.test(error.message) ||
    (error.cause !== undefined && isConnectionTrouble(error.cause))
  );
}
