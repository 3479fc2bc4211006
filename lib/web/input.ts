import { AppError, invalid } from '@/lib/kernel/errors';

/** JSON bodies are small; files have a way of their own. */
const BODY_LIMIT = 1_000_000;

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
  if (version !== undefined && !('version' in input)) input.version = version;
  return input;
}

/** The `If-Match` header as the row version it names: `"7"` or `7`. */
export function versionOf(request: Request): number | undefined {
  const header = request.headers.get('if-match');
  if (header === null) return undefined;
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim());
  if (!match) throw invalid('If-Match', 'Send the version you read, for example "3".');
  return Number(match[1]);
}

async function jsonBody(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get('content-type');
  const text = await limitedText(request);
  if (text === '') return {};
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type ?? '')) {
    throw new AppError('INVALID', 'Send JSON.', {
      status: 415,
      reason: 'unsupported-media',
      issues: [{ path: 'Content-Type', message: 'application/json is needed.' }],
    });
  }
  const body = parseJson(text);
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    throw invalid('', 'The body must be a JSON object.');
  return body as Record<string, unknown>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('INVALID', 'The body is not valid JSON.', {
      status: 400,
      reason: 'broken-json',
      issues: [{ path: '', message: 'Check the JSON.' }],
      cause,
    });
  }
}

async function limitedText(request: Request): Promise<string> {
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > BODY_LIMIT)
      throw new AppError('INVALID', 'The body is too large.', { status: 413, reason: 'too-large' });
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function queryOf(search: URLSearchParams): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key);
    query[key] = values.length === 1 ? values[0] : values;
  }
  return query;
}

function add(input: Record<string, unknown>, more: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(more)) {
    if (value === undefined) continue;
    if (Object.hasOwn(input, key)) throw invalid(key, 'This field is given twice.');
    Object.defineProperty(input, key, { value, enumerable: true, writable: true, configurable: true });
  }
}
