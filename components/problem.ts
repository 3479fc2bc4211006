/** The key and values of a sentence in messages/<locale>/problems.json; absent when the answer was not the product's own. */
export interface Sentence {
  key?: string;
  values?: Readonly<Record<string, string | number>>;
}

/** One field the server refused, by its path in the request (`facts.headcount`). `message` is English, `key` is not. */
export interface Issue extends Sentence {
  path: string;
  message: string;
}

interface ProblemBody extends Sentence {
  status: number;
  code: string;
  title: string;
  detail?: string;
  issues?: Issue[];
  /** A closed word beside the code, such as `step-up` or `stale`. */
  reason?: string;
  /** Seconds to wait, with code LIMITED. */
  retryAfter?: number;
}

/** What the API answers instead of a result: `application/problem+json`, or no answer at all (status 0). */
export class Problem extends Error implements ProblemBody {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly key?: string;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly issues?: Issue[];
  readonly reason?: string;
  readonly retryAfter?: number;

  constructor(body: ProblemBody, options?: ErrorOptions) {
    super(body.detail ?? body.title, options);
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.detail = body.detail;
    this.key = body.key;
    this.values = body.values;
    this.issues = body.issues;
    this.reason = body.reason;
    this.retryAfter = body.retryAfter;
  }

  /** True when the same call may succeed later without a change: no network, server restarting, proxy trouble. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** The problem an answer tells of; an answer that is not problem+json keeps its status and says no more. */
export async function problemOf(response: Response): Promise<Problem> {
  const told: unknown = await response.json().catch(() => null);
  const body = isRecord(told) ? told : {};
  return new Problem({
    status: response.status,
    code: textOf(body.code) ?? 'UNKNOWN',
    title: textOf(body.title) ?? (response.statusText || `HTTP ${response.status}`),
    detail: textOf(body.detail),
    ...sentenceIn(body),
    issues: Array.isArray(body.issues)
      ? body.issues.filter(isIssue).map((issue) => ({ path: issue.path, message: issue.message, ...sentenceIn(issue) }))
      : undefined,
    reason: textOf(body.reason),
    retryAfter: waitOf(body.retryAfter, response.headers.get('retry-after')),
  });
}

/** The problem of a call that got no answer. */
export function noAnswer(cause: unknown): Problem {
  return new Problem({ status: 0, code: 'NO_ANSWER', title: 'No answer from the server' }, { cause });
}

function sentenceIn(told: Record<string, unknown>): Sentence {
  const values = isRecord(told.values) ? Object.entries(told.values).filter(isValue) : undefined;
  return { key: textOf(told.key), ...(values && { values: Object.fromEntries(values) }) };
}

function isValue(entry: [string, unknown]): entry is [string, string | number] {
  return typeof entry[1] === 'string' || typeof entry[1] === 'number';
}

function waitOf(told: unknown, header: string | null): number | undefined {
  const seconds = Number(told ?? header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIssue(value: unknown): value is { path: string; message: string } & Record<string, unknown> {
  return isRecord(value) && typeof value.path === 'string' && typeof value.message === 'string';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
