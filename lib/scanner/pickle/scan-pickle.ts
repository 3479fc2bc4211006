import type { ByteSource } from '../byte-source';
import type { FindingDraft, ScanContext } from '../scan-context';
import { Drafts } from './drafts';
import { PickleJudge, type Unpickler } from './judge';
import { PickleMachine, type MachineOutcome } from './machine';
import { isArchivePayload, payloadSource } from './payload';
import type { Reading } from './reader';
import { findNextPickle } from './resync';
import { ruleOf } from '../rules';
import { isAtLeast } from '../severity';

export interface PickleScanOptions {
  /** Exact names the policy allows. */
  allowedGlobals: ReadonlySet<string>;
  /** Scans an archive found inside the pickle. */
  scanContent: (source: ByteSource, context: ScanContext) => Promise<void>;
  /** Bytes behind the last stream are expected: raw tensors, a zip directory. */
  isTailExpected?: boolean;
}

export interface PickleVerdict {
  /** A complete stream, or one that reaches a call. */
  isPickle: boolean;
  /** It resolves names; plain data does not. */
  hasNames: boolean;
}

interface StreamRun {
  outcome: MachineOutcome;
  judge: PickleJudge;
  drafts: FindingDraft[];
}

interface RunOptions {
  window?: number;
  reading?: Reading;
  unpickler?: Unpickler;
}

const NO_PICKLE: PickleVerdict = { isPickle: false, hasNames: false };
const MAX_STREAMS = 100_000;
/** torch.save wrote this number first until version 1.6; four more pickles and the raw storages follow. */
const TORCH_MAGIC = Buffer.from('8a0a6cfc9c46f9206aa85019', 'hex');
const FIRST_LOOK = 4096;

/** Reads all pickles that begin at 0 and follow each other, judges them, and what lies inside and behind them. */
export async function scanPickle(
  source: ByteSource,
  context: ScanContext,
  options: PickleScanOptions,
): Promise<PickleVerdict> {
  const first = runStream(source, 0, context, options, { window: FIRST_LOOK });
  if (!isPlausible(first)) return NO_PICKLE;
  const isTorch = isTorchLegacy(source);
  const verdict: PickleVerdict = { isPickle: true, hasNames: false };
  let position = 0;
  for (let streams = 0; position < source.size; streams += 1) {
    const run = runStream(source, position, context, options);
    if (!isPlausible(run)) {
      if (streams === 0) return NO_PICKLE;
      break;
    }
    if (streams >= MAX_STREAMS) {
      context.reportLimit(`More than ${MAX_STREAMS} pickles in one file`);
      return verdict;
    }
    verdict.hasNames ||= run.judge.names > 0;
    await settleRun(run, source, context, options);
    if (run.outcome.end !== 'stop') return verdict;
    position = run.outcome.position;
  }
  if (position < source.size)
    await scanTail(source, position, context, { ...options, isTailExpected: options.isTailExpected || isTorch });
  return verdict;
}

/** A run in one way of reading, whose findings wait until the stream proves to be one. */
function runStream(
  source: ByteSource,
  start: number,
  context: ScanContext,
  options: PickleScanOptions,
  { window, reading = 'memory', unpickler }: RunOptions = {},
): StreamRun {
  const drafts = new Drafts();
  const judge = new PickleJudge(drafts, options.allowedGlobals, unpickler, start);
  const isLook = window !== undefined;
  const limits = {
    opcodes: isLook ? Math.min(FIRST_LOOK, context.limits.opcodes) : context.limits.opcodes,
    isExpired: () => context.isExpired(),
  };
  const outcome = new PickleMachine(source, start, judge, limits, { reading, window }).run();
  judge.finish();
  return { outcome, judge, drafts: drafts.all };
}

/** Text is full of letters that are opcodes: a stream counts when it is complete, declared, or calls something. */
function isPlausible({ outcome, judge }: StreamRun): boolean {
  if (outcome.hasProtocol && !outcome.hasUnsupportedProtocol) return outcome.opcodes > 2;
  // Odd names make text likely, but a folder may be called so, and Python imports it.
  if (judge.impossibleNames > 0) return isGraveRun({ outcome, judge });
  const isCutLook = outcome.end === 'exhausted' && outcome.opcodes === FIRST_LOOK;
  return outcome.end === 'stop' || isCutLook || judge.calls > 0;
}

/** Nothing that only looks like a pickle comes to its end or to a forbidden name with a call. */
function isGraveRun({ outcome, judge }: Pick<StreamRun, 'outcome' | 'judge'>): boolean {
  return judge.calls > 0 && (outcome.end === 'stop' || judge.deniedCalls > 0);
}

async function settleRun(
  run: StreamRun,
  source: ByteSource,
  context: ScanContext,
  options: PickleScanOptions,
): Promise<void> {
  reportEnd(run.outcome, run.judge, context);
  const runs = [run, ...otherReadings(run, source, context, options)];
  for (const { drafts } of runs) for (const draft of drafts) context.report(draft);
  if (runs.some(({ judge }) => judge.hasLostPayloads)) context.reportLimit('More inner payloads than are looked into');
  const payloads = new Map(
    runs.flatMap(({ judge }) =>
      judge.payloads.map(({ start, length }) => [
        `${start} ${length}`,
        { start, length, isLoaded: judge.loaded.has(start) },
      ]),
    ),
  );
  for (const { start, length, isLoaded } of payloads.values()) {
    if (context.isExpired()) return;
    await scanPayload(payloadSource(source, start, length), context, options, isLoaded);
  }
}

/** What unpicklers that read the same bytes in another way would do. */
function otherReadings(
  { outcome, judge }: StreamRun,
  source: ByteSource,
  context: ScanContext,
  options: PickleScanOptions,
): StreamRun[] {
  const others: StreamRun[] = [];
  if (outcome.hasCrossedFrame) {
    context.report({
      ruleId: 'PKL-011',
      message: 'An opcode runs past the end of its frame: unpicklers disagree on what follows',
    });
    others.push(runStream(source, outcome.start, context, options, { reading: 'file' }));
  }
  if (judge.arrays.hasPassedOver) {
    const plain = runStream(source, outcome.start, context, options, { unpickler: 'plain' });
    const isLikely = plain.judge.impossibleNames === 0 || isGraveRun(plain);
    others.push({ ...plain, drafts: isLikely ? plain.drafts.filter(isGrave) : [] });
  }
  return others;
}

/** Arrays are full of bytes that happen to be opcodes: only what no accident makes counts. */
function isGrave({ ruleId, severity }: FindingDraft): boolean {
  return isAtLeast(severity ?? ruleOf(ruleId).severity, 'HIGH');
}

function reportEnd(outcome: MachineOutcome, judge: PickleJudge, context: ScanContext): void {
  const { end, reason, position } = outcome;
  const location = { byteOffset: position };
  const hasEffects = judge.names + judge.calls > 0;
  if (outcome.hasOverlongFrame) {
    context.report({
      ruleId: 'PKL-011',
      message: 'A frame is longer than the file: only some unpicklers go on',
      location,
    });
  }
  if (outcome.hasUnsupportedProtocol) {
    context.report({ ruleId: 'PKL-011', message: 'The stream names a protocol that does not exist', location });
  }
  if (outcome.isDegraded) context.reportLimit('The stack of the pickle outgrew the limit; some texts were not kept');
  if (end === 'exhausted') {
    if (reason.includes('opcodes')) context.reportLimit(`The pickle has ${reason}`);
    else context.report({ ruleId: 'PKL-014', message: `The pickle was left unread: ${reason}`, location });
    context.markIncomplete();
  }
  if (end !== 'broken' && end !== 'truncated') return;
  if (hasEffects) {
    context.report({
      ruleId: 'PKL-012',
      message: `The pickle breaks after imports: ${reason}`,
      location,
      identity: end,
    });
    context.markIncomplete();
  } else {
    context.reportUnreadable(`The pickle breaks: ${reason}`);
  }
}

async function scanPayload(
  inner: ByteSource,
  context: ScanContext,
  options: PickleScanOptions,
  isLoaded: boolean,
): Promise<void> {
  const isArchive = isArchivePayload(inner);
  const look = isArchive ? undefined : runStream(inner, 0, context, options, { window: FIRST_LOOK });
  if (look !== undefined && !isPlausible(look)) return;
  const innerContext = context.enter('inner pickle');
  if (innerContext === undefined) return;
  if (isArchive) {
    await options.scanContent(inner, innerContext);
    return;
  }
  const { isPickle, hasNames } = await scanPickle(inner, innerContext, options);
  if (isPickle && hasNames && !isLoaded) {
    context.report({ ruleId: 'PKL-010', message: 'Data in the pickle is a pickle that imports names' });
  }
}

/** Looks for pickles that do not begin where the last one ended. */
async function scanTail(
  source: ByteSource,
  start: number,
  context: ScanContext,
  options: PickleScanOptions,
): Promise<void> {
  let hasFound = false;
  const isOver = (): boolean => context.isExpired();
  for (let at = findNextPickle(source, start, isOver); at !== undefined; at = findNextPickle(source, at + 1, isOver)) {
    const look = runStream(source, at, context, options, { window: FIRST_LOOK });
    if (!isPlausible(look) || look.judge.calls === 0) continue;
    if (look.judge.impossibleNames > 0 && !isGraveRun(look)) continue;
    hasFound = true;
    const run = runStream(source, at, context, options);
    await settleRun(run, source, context, options);
    if (run.outcome.end === 'stop') at = run.outcome.position - 1;
  }
  if (hasFound) {
    context.report({ ruleId: 'PKL-015', severity: 'MEDIUM', message: 'A pickle hides behind the end of the pickle' });
  } else if (!options.isTailExpected) {
    const message = `${source.size - start} bytes follow the end of the pickle`;
    context.report({ ruleId: 'PKL-015', message, location: { byteOffset: start }, identity: 'tail' });
  }
}

function isTorchLegacy(source: ByteSource): boolean {
  const head = Buffer.from(source.read(0, 16));
  return head.subarray(2, 14).equals(TORCH_MAGIC) || head.subarray(0, 12).equals(TORCH_MAGIC);
}
