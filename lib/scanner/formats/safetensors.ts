import type { ByteSource } from '../byte-source';
import type { ScanContext } from '../scan-context';
import { endOfString } from './json';
import { findTemplateEscape } from './template';

/** The format's own limit for its header, in bytes. */
const MAX_HEADER = 100_000_000;
const LENGTH_SIZE = 8;

interface TensorSpan {
  start: number;
  end: number;
}

export function isSafetensors(source: ByteSource): boolean {
  const head = Buffer.from(source.read(0, 10));
  if (head.length < 10) return false;
  const length = Number(head.readBigUInt64LE(0));
  return (
    head[8] === 0x7b && (head[9] === 0x22 || head[9] === 0x7d || head[9] === 0x20) && length >= 2 && length < 2 ** 48
  );
}

/** Checks the header against the file: offsets in bounds, no overlap, no gap, no name twice, nothing behind. */
export function scanSafetensors(source: ByteSource, context: ScanContext): void {
  context.recognise('safetensors');
  const length = Number(Buffer.from(source.read(0, LENGTH_SIZE)).readBigUInt64LE(0));
  const malformed = (message: string): void => context.report({ ruleId: 'STN-001', message });
  if (length > MAX_HEADER || LENGTH_SIZE + length > source.size) {
    malformed(`The header claims ${length} bytes, more than there are or may be`);
    return;
  }
  const text = Buffer.from(source.read(LENGTH_SIZE, length)).toString('utf8');
  const header = parseHeader(text);
  if (header === undefined) {
    malformed('The header is no JSON object');
    return;
  }
  const spans: TensorSpan[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') {
      scanMetadata(value, context);
      continue;
    }
    const span = readSpan(value);
    if (span !== undefined) spans.push(span);
    else malformed(`Tensor ${name} is not described as the format asks`);
  }
  checkSpans(spans, source.size - LENGTH_SIZE - length, malformed);
  if (hasRepeatedKey(text, Object.keys(header).length)) malformed('A tensor name stands twice in the header');
}

function parseHeader(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // Reported by the caller as a malformed header.
    return undefined;
  }
}

/** Where a tensor lies; undefined when its entry lacks a type, a shape or two offsets. */
function readSpan(value: unknown): TensorSpan | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { dtype, shape, data_offsets: offsets } = value as Record<string, unknown>;
  if (typeof dtype !== 'string' || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) return undefined;
  return { start: offsets[0]!, end: offsets[1]! };
}

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0);

function checkSpans(spans: TensorSpan[], dataSize: number, malformed: (message: string) => void): void {
  spans.sort((a, b) => a.start - b.start || a.end - b.end);
  let cursor = 0;
  for (const { start, end } of spans) {
    if (end < start || end > dataSize) malformed('A tensor lies outside the file');
    else if (start < cursor) malformed('Two tensors overlap');
    else if (start > cursor) malformed('There are bytes between tensors that belong to none');
    cursor = Math.max(cursor, end);
  }
  if (cursor < dataSize) malformed(`${dataSize - cursor} bytes follow the last tensor`);
}

function scanMetadata(metadata: unknown, context: ScanContext): void {
  for (const [key, value] of Object.entries((metadata ?? {}) as Record<string, unknown>)) {
    if (typeof value !== 'string') continue;
    const isScript = /<script\b|javascript:|__import__\s*\(|\bexec\s*\(|\beval\s*\(/i.test(value);
    if (isScript || findTemplateEscape(value) !== undefined) {
      context.report({ ruleId: 'STN-002', message: `Metadata ${key} carries code`, identity: key });
    }
  }
}

/** JSON.parse keeps the last of two equal keys; counting the keys of the outermost object shows that there were more. */
function hasRepeatedKey(text: string, distinct: number): boolean {
  let depth = 0;
  let keys = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === ':' && depth === 1) keys += 1;
    else if (character === '"') at = endOfString(text, at);
  }
  return keys > distinct;
}
