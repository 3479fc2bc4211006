import { noAnswer, problemOf } from './problem';

export { Problem, type Issue } from './problem';

export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, with its query: `/evidence?state=submitted`. */
  path: string;
  /** Sent as JSON; FormData is sent as it is. */
  body?: unknown;
  /** The version the person saw; the server answers 409 when another one stands by now. */
  ifMatch?: number | string;
  /** The same for every try of one intention, so that a repeated call changes nothing twice. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/**
 * Calls the product's own API with the session cookie.
 * @returns the JSON answer, or undefined for 204.
 * @throws {Problem} for every answer that is not a success, and when no answer came.
 */
export async function callApi<Answer>(request: ApiRequest): Promise<Answer> {
  const response = await send(request);
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
}

/** A read for react-query: `queryFn: ({ signal }) => readApi('/entities', signal)`. */
export function readApi<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return callApi<Answer>({ method: 'GET', path, signal });
}

async function send(request: ApiRequest): Promise<Response> {
  const isForm = request.body instanceof FormData;
  const headers = new Headers({ Accept: 'application/json', 'X-Heptad-Request': '1' });
  if (request.body !== undefined && !isForm) headers.set('Content-Type', 'application/json');
  if (request.ifMatch !== undefined) headers.set('If-Match', `"${request.ifMatch}"`);
  if (request.idempotencyKey) headers.set('Idempotency-Key', request.idempotencyKey);
  try {
    return await fetch(`/api/v1${request.path}`, {
      method: request.method,
      headers,
      body: isForm ? (request.body as FormData) : JSON.stringify(request.body),
      credentials: 'same-origin',
      signal: request.signal,
    });
  } catch (cause) {
    if (request.signal?.aborted) throw cause;
    throw noAnswer(cause);
  }
}
