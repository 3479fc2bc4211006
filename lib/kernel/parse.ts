import type { z } from 'zod';
import { AppError, type Issue, message, type Message, type MessageKey } from './errors';

/** Deeper than any input of ours; more is an attempt to exhaust the stack. */
const DEEPEST = 16;
/** More than this helps nobody, and an answer must stay small whatever came. */
const MOST_ISSUES = 50;

/** Parses with the operation's schema; each problem names its field. */
export function parseInput<I extends z.ZodType>(schema: I, input: unknown): z.output<I> {
  const unsafe = unsafeParts(input, []);
  if (unsafe.length > 0) throw problem(unsafe);
  const parsed = schema.safeParse(input, { error: missingOrNothing });
  if (parsed.success) return parsed.data;
  throw problem(parsed.error.issues.flatMap(issuesOf));
}

function problem(issues: readonly Issue[]): AppError {
  return new AppError('INVALID', message('field.attention', { count: issues.length }), {
    issues: issues.slice(0, MOST_ISSUES),
  });
}

/**
 * What no schema looks at: PostgreSQL stores no zero character and UTF-8 has no lone surrogate, so such text would fail
 * late or be altered silently.
 */
function unsafeParts(value: unknown, path: readonly string[]): Issue[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [issueAt(path, 'field.characters')];
  if (value === null || typeof value !== 'object') return [];
  if (path.length >= DEEPEST) return [issueAt(path.slice(0, 3), 'field.tooDeep')];
  return Object.entries(value).flatMap(([key, inner]) => {
    // zod passes over this name even in strict objects.
    if (key === '__proto__') return [issueAt([...path, key], 'field.unknown')];
    return isStorable(key) ? unsafeParts(inner, [...path, key]) : [issueAt([...path, '?'], 'field.characters')];
  });
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

/** What zod says when a schema gives no hint of its own: nothing, so that the hint is told apart – or that all is missing. */
function missingOrNothing(issue: { code?: string; input?: unknown; path?: PropertyKey[] }): string {
  const isMissing = (issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined;
  return isMissing ? ('field.missing' satisfies MessageKey) : '';
}

function issuesOf(issue: z.core.$ZodIssue): Issue[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => issueAt([...issue.path, key], 'field.unknown'));
  if (issue.code === 'invalid_union') return unionIssues(issue);
  const sentence = issue.message === '' ? sentenceOf(issue) : (issue.message as MessageKey);
  // Versions travel in a header; whoever sent none is told of the header.
  const isVersion = issue.code === 'invalid_type' && issue.path.join('.') === 'version';
  return [issueAt(issue.path, isVersion ? 'request.ifMatch' : sentence)];
}

/** Of several alternatives the one that got furthest into the input is what the caller meant. */
function unionIssues(issue: z.core.$ZodIssueInvalidUnion): Issue[] {
  const depthOf = (issues: readonly z.core.$ZodIssue[]) => Math.max(0, ...issues.map(({ path }) => path.length));
  const closest = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a))[0] ?? [];
  if (closest.length === 0) return [issueAt(issue.path, 'field.invalid')];
  return closest.flatMap((inner) => issuesOf({ ...inner, path: [...issue.path, ...inner.path] }));
}

function sentenceOf(issue: z.core.$ZodIssue): Message {
  switch (issue.code) {
    case 'invalid_type':
      return message('field.type', { expected: issue.expected });
    case 'invalid_value':
      return message('field.choice', { options: issue.values.map(String).join(', ') });
    case 'too_small':
      return smallSentence(issue.origin, Number(issue.minimum));
    case 'too_big':
      return largeSentence(issue.origin, Number(issue.maximum));
    case 'invalid_format':
      return formatSentences[issue.format] ?? 'field.invalid';
    default:
      return 'field.invalid';
  }
}

function smallSentence(origin: string, minimum: number): Message {
  if (origin === 'string') return minimum === 1 ? 'field.empty' : message('field.tooShort', { minimum });
  return message(origin === 'array' ? 'field.tooFew' : 'field.tooSmall', { minimum });
}

function largeSentence(origin: string, maximum: number): Message {
  if (origin === 'string') return message('field.tooLong', { maximum });
  return message(origin === 'array' ? 'field.tooMany' : 'field.tooLarge', { maximum });
}

const formatSentences: Readonly<Record<string, MessageKey>> = {
  uuid: 'field.uuid',
  date: 'field.date',
  datetime: 'field.instant',
  email: 'field.email',
  url: 'field.url',
};

function issueAt(path: readonly PropertyKey[], sentence: Message): Issue {
  return { path: path.map(String).join('.'), message: sentence };
}
