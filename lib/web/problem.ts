import { AppError, type ErrorCode } from '@/lib/kernel/errors';
import { log } from '@/lib/kernel/log';
import { apiHeaders } from './headers';

const statusOf: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID: 422,
  CONFLICT: 409,
  LIMITED: 429,
  UNAVAILABLE: 503,
  BUG: 500,
};

/** Any error as problem+json (RFC 9457). Unexpected ones are logged with their stack and answered without it. */
export function problemResponse(error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? error : asBug(error, requestId);
  const status = known.status ?? statusOf[known.code];
  const body = {
    type: 'about:blank',
    title: known.message,
    status,
    code: known.code,
    ...(known.reason && { reason: known.reason }),
    ...(known.issues && { issues: known.issues }),
    ...(known.retryAfterSeconds && { retryAfter: known.retryAfterSeconds }),
    requestId,
  };
  const headers = apiHeaders({ 'content-type': 'application/problem+json', 'x-request-id': requestId });
  if (known.retryAfterSeconds) headers.set('retry-after', String(known.retryAfterSeconds));
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  return new Response(JSON.stringify(body), { status, headers });
}

function asBug(error: unknown, requestId: string): AppError {
  log.error({ requestId, error: describe(error) }, 'unexpected error');
  return new AppError('BUG', 'Something went wrong on our side. Nothing was changed.', { cause: error });
}

/** What happened and where, without the statement's parameters: those are other people's data. */
function describe(error: unknown): { message: string; stack: string | undefined } {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined };
  const root = error.cause instanceof Error ? error.cause : error;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { message: root.message, stack: frames?.slice(0, 12).join('\n') };
}
