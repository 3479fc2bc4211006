import { createTranslator } from 'next-intl';
import { translateDatabaseError } from '@/lib/kernel/database-error';
import { AppError, type ErrorCode, type Message } from '@/lib/kernel/errors';
import { log } from '@/lib/kernel/log';
import type problems from '@/messages/en/problems.json';
import type ui from '@/messages/en/ui.json';
import { loadMessages } from '@/messages/load';
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

/**
 * Any error as problem+json (RFC 9457). `detail` and the issues' `message` are English for scripts and logs; `key` and
 * `values` name the same sentence for a client that shows it in its reader's language. Unexpected errors are logged
 * with their stack and answered without it.
 */
export function problemResponse(error: unknown, requestId: string): Response {
  const told = translateDatabaseError(error);
  const known = told instanceof AppError ? told : asBug(told, requestId);
  const status = known.status ?? statusOf[known.code];
  const { text: detail, ...sentence } = spoken(known.sentence);
  const body = {
    type: 'about:blank',
    title: english()(`ui.problem.${known.code}.title`),
    status,
    code: known.code,
    detail,
    ...sentence,
    ...(known.reason && { reason: known.reason }),
    ...(known.issues && { issues: known.issues.map(({ path, message }) => issueOf(path, message)) }),
    ...(known.retryAfterSeconds && { retryAfter: known.retryAfterSeconds }),
    requestId,
  };
  const headers = apiHeaders({ 'content-type': 'application/problem+json', 'x-request-id': requestId });
  if (known.retryAfterSeconds) headers.set('retry-after', String(known.retryAfterSeconds));
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  return new Response(JSON.stringify(body), { status, headers });
}

function issueOf(path: string, message: Message) {
  const { text, ...sentence } = spoken(message);
  return { path, message: text, ...sentence };
}

function spoken(message: Message) {
  const { key, values } = typeof message === 'string' ? { key: message, values: undefined } : message;
  return { text: english()(`problems.${key}`, values), key, ...(values && { values }) };
}

/** A sentence in English, for whoever reads no messages file: scripts, logs, the command line. */
export const englishOf = (message: Message): string => spoken(message).text;

function english() {
  const messages = loadMessages('en') as { problems: typeof problems; ui: typeof ui };
  return createTranslator({ locale: 'en', messages });
}

function asBug(error: unknown, requestId: string): AppError {
  log.error({ requestId, error: describe(error) }, 'unexpected error');
  return new AppError('BUG', 'system.bug', { cause: error });
}

/** What happened and where, without the statement's parameters: those are other people's data. */
function describe(error: unknown): { message: string; stack: string | undefined } {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined };
  const root = error.cause instanceof Error ? error.cause : error;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { message: root.message, stack: frames?.slice(0, 12).join('\n') };
}
