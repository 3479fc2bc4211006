import { createHash, type Hash } from 'node:crypto';
import type { ByteSource } from '../byte-source';
import type { FindingDraft, ScanContext } from '../scan-context';
import type { Severity } from '../severity';
import { describeArguments, MAX_ARGUMENTS, MAX_TEXT } from './argument-shape';
import { locateLiteral } from './literal';
import type { PickleMachine } from './machine';
import type { Call } from './observer';
import { BOOL, containerHolds, isContainer, isLiteral, literalOffset, NONE, PERSISTENT, type Value } from './values';

/** Longer arguments are told apart by all that comes before the call, which is read only once. */
const MAX_CONTENT = 4096;
/** Calls of one callable whose arguments are looked at one by one. */
const MAX_CALLS = 10_000;
/** Values that are looked at for one call: tuples that hold one tuple many times would be looked at for ever. */
const MAX_VALUES = 256;
const BLOCK = 1 << 20;
/** Before digests of a whole stream up to a call. */
const WHOLE = '@';

/** Calls of one callable that make one finding. */
interface CallRecord {
  draft: FindingDraft;
  /** What the finding is told apart by while it is the only call. */
  identity: string | undefined;
  pieces: Set<string>;
  /** Of the pieces that follow the first. */
  others: Hash | undefined;
  calls: number;
  lastOffset: number;
}

/**
 * What calls were given, for the fingerprints of their findings: whoever accepts `fetch("https://good")`, in a baseline or a
 * suppression, has not accepted another address, however alike the two look where they are shown. What is shown whole
 * stands for itself; the rest goes in as a digest. Numbers are not told apart.
 */
export class CallRecords {
  private readonly records = new Map<unknown, CallRecord>();
  private readonly prefix = createHash('sha256');
  private source: ByteSource | undefined;

  /** @param position offset of the stream's first byte. */
  constructor(
    private readonly context: Pick<ScanContext, 'report'>,
    private position: number,
  ) {}

  /** The identity of a finding about this one call; undefined where what is shown tells all. */
  private identityOf(machine: PickleMachine, call: Call): string | undefined {
    const content = this.contentOf(machine, call);
    return content === undefined ? undefined : `${describeArguments(machine, call)} ${content}`;
  }

  /** Begins the finding of `key`, which is reported at the end. A draft's own identity is kept, the arguments added. */
  begin(key: unknown, machine: PickleMachine, call: Call, draft: FindingDraft): void {
    const piece = this.pieceOf(machine, call);
    const identity =
      draft.identity === undefined ? this.identityOf(machine, call) : identityWith(draft.identity, piece);
    const pieces = new Set([piece]);
    this.records.set(key, { draft, identity, pieces, others: undefined, calls: 1, lastOffset: call.offset });
  }

  /** Goes on with the finding of `key`; false when there is none. */
  addTo(key: unknown, machine: PickleMachine, call: Call): boolean {
    const record = this.records.get(key);
    if (record === undefined) return false;
    record.calls += 1;
    record.lastOffset = call.offset;
    if (record.calls > MAX_CALLS) return true;
    const piece = this.pieceOf(machine, call);
    if (record.pieces.has(piece)) return true;
    record.pieces.add(piece);
    (record.others ??= createHash('sha256')).update(piece);
    return true;
  }

  finish(): void {
    for (const { draft, identity, others, calls, lastOffset } of this.records.values()) {
      const rest = calls > MAX_CALLS ? this.digestUpTo(lastOffset) : others?.digest('hex');
      const first = identity ?? draft.evidence?.argsShape ?? '';
      this.context.report({ ...draft, identity: rest === undefined ? identity : `${first} ${rest}` });
    }
    this.records.clear();
  }

  /** What tells the arguments from others; empty where they are nothing but numbers and names. */
  private pieceOf(machine: PickleMachine, call: Call): string {
    const content = this.contentOf(machine, call);
    // A digest of all that comes before the call tells more than what is shown, which takes longer to make.
    if (content?.startsWith(WHOLE) === true) return `${content}\n`;
    const hasText = content !== undefined || call.args?.some((value) => machine.textOf(value) !== undefined) === true;
    return hasText ? `${describeArguments(machine, call)} ${content ?? ''}\n` : '';
  }

  /** A digest of what is not shown of the arguments; undefined when all is. */
  private contentOf(machine: PickleMachine, { args, kind, offset }: Call): string | undefined {
    this.source = machine.source;
    // The keywords of NEWOBJ_EX are not among the arguments.
    if (args === undefined || kind === 'NEWOBJ_EX') return this.digestUpTo(offset);
    const contents: string[] = [];
    const budget = { left: MAX_VALUES };
    for (const [index, value] of args.entries()) {
      const content = contentOfValue(machine, value, budget);
      if (content === undefined) return this.digestUpTo(offset);
      if (index >= MAX_ARGUMENTS || !isShown(machine, value, content)) contents.push(`${index} ${content}`);
    }
    return contents.length === 0 ? undefined : sha256(JSON.stringify(contents));
  }

  /** Of all bytes from the stream's first to `offset`, each of which is read once however often this is asked. */
  private digestUpTo(offset: number): string {
    const block = new Uint8Array(Math.max(0, Math.min(BLOCK, offset - this.position)));
    while (this.position < offset) {
      const part = block.subarray(0, Math.min(block.length, offset - this.position));
      const length = this.source?.readInto(part, this.position) ?? 0;
      if (length === 0) break;
      this.prefix.update(part.subarray(0, length));
      this.position += length;
    }
    return WHOLE + this.prefix.copy().digest('hex');
  }
}

/** Undefined for what the machine does not keep: items of lists, what calls answered, long texts. */
function contentOfValue(machine: PickleMachine, value: Value, budget: { left: number }): string | undefined {
  budget.left -= 1;
  if (budget.left < 0) return undefined;
  if (value === NONE || value === BOOL || value === PERSISTENT) return '';
  const reference = machine.references.get(value);
  if (reference !== undefined)
    return reference.kind === 'result' || reference.kind === 'instance' ? undefined : reference.label;
  if (isLiteral(value)) {
    const { type, length } = locateLiteral(machine.source, literalOffset(value));
    if (type === 'number') return 'number';
    const text = length > MAX_CONTENT ? undefined : machine.textOf(value);
    return text === undefined || text.length > MAX_CONTENT ? undefined : JSON.stringify(text);
  }
  if (isContainer(value) && containerHolds(value) === 0) return '';
  const contents: string[] = [];
  const items = machine.itemsOf(value);
  if (items === undefined) return undefined;
  for (const item of items) {
    const content = contentOfValue(machine, item, budget);
    if (content === undefined) return undefined;
    contents.push(content);
  }
  return `(${contents.join(', ')})`;
}

/** Short texts are shown whole, bytes and the items of tuples are not. */
function isShown(machine: PickleMachine, value: Value, content: string): boolean {
  if (!isLiteral(value)) return machine.itemsOf(value) === undefined;
  if (content === 'number') return true;
  return !machine.isBytes(value) && (machine.textOf(value) ?? '').length <= MAX_TEXT;
}

/** The finding of a call that a rule forbids, without its identity. */
export function draftOfDenied(
  machine: PickleMachine,
  call: Call,
  ruleId: string,
  full: string,
  severity?: Severity,
): FindingDraft {
  const argsShape = describeArguments(machine, call);
  return {
    ruleId,
    severity: severity ?? (ruleId === 'PKL-009' ? 'CRITICAL' : undefined),
    message: `${call.kind} calls ${full}${argsShape}`,
    location: { byteOffset: call.offset },
    evidence: { callable: full, argsShape },
  };
}

const identityWith = (identity: string, piece: string): string =>
  piece === '' ? identity : `${identity} ${sha256(piece)}`;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
