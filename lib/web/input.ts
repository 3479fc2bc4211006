import { AppError, invalid } from '@/lib/kernel/errors';

/** JSON bodies are small; files have a way of their own. */
const BODY_LIMIT = 1_000_000;
const DRAIN_LIMIT = 16_000_000;

type Params = Record<string, string | string[] | undefined>;

/**
 * One input from path, query, body and If-Match. A field that arrives twice in different places is refused instead of
 * one silently winning.
 */
export async function inputOf(request: Request, params: Params): Promise<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  add(input, params);
  add(input, queryOf(new URL(request.url).searchParams));
  if (request.method !== 'GET' && request.method !== 'HEAD') add(input, await jsonBody(request));
  const version = versionOf(request);
  if (version !== undefined) {
    if ('version' in input && Number(input.version) !== version) throw invalid('If-Match', 'field.twice');
    input.version = version;
  }
  return input;
}

/** The `If-Match` header as the row version it names: `"7"` or `7`. */
export function versionOf(request: Request): number | undefined {
  const header = request.headers.get('if-match');
  if (header === null) return undefined;
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim());
  if (!match) throw invalid('If-Match', 'request.ifMatch');
  return Number(match[1]);
}

async function jsonBody(request: Request): Promise<Record<string, unknown>> {
  requirePlainEncoding(request);
  const type = request.headers.get('content-type');
  const text = textOf(await limitedBytes(request));
  if (text === '') return {};
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type ?? '')) {
    throw new AppError('INVALID', 'request.sendJson', {
      status: 415,
      reason: 'unsupported-media',
      issues: [{ path: 'Content-Type', message: 'request.jsonNeeded' }],
    });
  }
  const body = parseJson(text);
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw invalid('body', 'request.object');
  return body as Record<string, unknown>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw brokenJson(cause);
  }
}

export function brokenJson(cause: unknown): AppError {
  return new AppError('INVALID', 'request.brokenJson', {
    status: 400,
    reason: 'broken-json',
    issues: [{ path: 'body', message: 'request.checkJson' }],
    cause,
  });
}

/** Nothing here unpacks a body, so a packed one would be read as broken JSON or, worse, kept packed. */
function requirePlainEncoding(request: Request): void {
  const encoding = request.headers.get('content-encoding');
  if (encoding === null || encoding.toLowerCase() === 'identity') return;
  throw new AppError('INVALID', 'request.encoding', {
    status: 415,
    reason: 'unsupported-media',
    issues: [{ path: 'Content-Encoding', message: 'request.encoding' }],
  });
}

/** The body as bytes, up to a megabyte. */
export async function limitedBytes(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size <= BODY_LIMIT) chunks.push(chunk);
    // A little more is read and dropped: a client that is still sending would find a reset connection, not the answer.
    if (size > BODY_LIMIT + DRAIN_LIMIT) break;
  }
  if (size > BODY_LIMIT) throw new AppError('INVALID', 'request.tooLarge', { status: 413, reason: 'too-large' });
  return Buffer.concat(chunks);
}

/** Bytes that are no UTF-8 are refused: reading them as replacement characters would keep something nobody sent. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw brokenJson(cause);
  }
}

function queryOf(search: URLSearchParams): Record<string, unknown> {
  // Without a prototype, so that a parameter named __proto__ is a parameter like any other.
  const query = Object.create(null) as Record<string, unknown>;
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key);
    query[key] = values.length === 1 ? values[0] : values;
  }
  return query;
}

function add(input: Record<string, unknown>, more: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(more)) {
    if (value === undefined) continue;
    if (Object.hasOwn(input, key)) throw invalid(key, 'field.twice');
    Object.defineProperty(input, key, { value, enumerable: true, writable: true, configurable: true });
  }
}
