import type { FindingDraft, ScanContext } from '../scan-context';
import type { Severity } from '../severity';
import { PLAIN_CODECS } from './allowed-names';
import { describeArguments } from './argument-shape';
import { JoblibArrays } from './joblib-arrays';
import { type LiteralType, locateLiteral, type Span } from './literal';
import type { PickleMachine } from './machine';
import { allowedShape, canonicalName, denialOf, isKnownLibrary } from './names';
import type { Reference } from './objects';
import { isPayloadByte, isPayloadHead } from './payload';
import type { Built, Call, CallVerdict, MachineObserver } from './observer';
import { HOLDS_LITERAL, HOLDS_TAINT, isLiteral, literalOffset } from './values';

/** Content inside a pickle that may be a pickle or an archive itself. */
export interface Payload extends Span {
  type: LiteralType;
}

const ALLOWED: CallVerdict = { trust: 'allowed' };
/** The result may be a function: setting attributes of it is as bad as of a global. */
const ATTRIBUTE: CallVerdict = { trust: 'allowed', note: 'attribute' };
const UNKNOWN: CallVerdict = { trust: 'unknown' };
const DENIED: CallVerdict = { trust: 'denied' };

const CONSTRUCTED = new Set(['NEWOBJ', 'NEWOBJ_EX']);
/** Functions whose results are tensors or their storages. */
const TENSOR_MAKER = /^torch\.(?:_utils\._rebuild_|_tensor\._rebuild_|storage\._load_from_bytes)/;
const MAX_PAYLOADS = 10_000;
const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_.]*$/u;

/** Who reads the pickle: joblib takes the bytes of arrays out of the middle of it. */
export type Unpickler = 'joblib' | 'plain';

/** Judges each event of a run at once and reports to the context of the artifact. */
export class PickleJudge implements MachineObserver {
  readonly payloads: Payload[] = [];
  /** Offsets of bytes that an allowed loader unpickles. */
  readonly loaded = new Set<number>();
  calls = 0;
  names = 0;
  /** Names no import statement could spell: text that only looks like a pickle. */
  impossibleNames = 0;
  hasLostPayloads = false;
  readonly arrays: JoblibArrays;
  private readonly named = new Map<string, FindingDraft>();
  private readonly settled = new Map<Reference, CallVerdict>();

  constructor(
    private readonly context: Pick<ScanContext, 'report'>,
    private readonly allowedGlobals: ReadonlySet<string>,
    private readonly unpickler: Unpickler = 'joblib',
  ) {
    this.arrays = new JoblibArrays(unpickler === 'joblib');
  }

  resolved(machine: PickleMachine, reference: Reference, offset: number): void {
    this.names += 1;
    const { kind, module: moduleName, name, label } = reference;
    if (kind === 'computed') {
      this.report('PKL-009', `The name ${label} is computed while loading`, reference, offset, 'CRITICAL');
      return;
    }
    if (kind === 'extension') {
      this.report('PKL-013', `Extension code ${name} stands for a name only the process knows`, reference, offset);
      return;
    }
    if (!IDENTIFIER.test(moduleName) || !IDENTIFIER.test(name)) {
      this.impossibleNames += 1;
      // Bytes of an array that look like opcodes end here; a real unpickler would fail to import it too.
      if (this.unpickler === 'plain') machine.fail('broken', 'a name that nobody can import');
    }
    this.arrays.noteName(reference);
    const full = canonicalName(moduleName, name);
    if (this.allowedGlobals.has(full)) return;
    const ruleId = denialOf(moduleName, name);
    if (ruleId !== undefined) {
      const message = `The pickle names ${full} without calling it`;
      this.named.set(label, {
        ruleId,
        severity: 'HIGH',
        message,
        location: { byteOffset: offset },
        evidence: { callable: full },
      });
    } else if (isUnlistedPath(moduleName, name)) {
      const severity = dottedSeverity(moduleName, name);
      this.report('PKL-009', `The name ${full} walks through attributes`, reference, offset, severity);
    } else if (moduleName === '__main__') {
      this.report('PKL-016', `The pickle needs ${full} of the program that saved it`, reference, offset);
    }
  }

  called(machine: PickleMachine, call: Call): CallVerdict {
    this.calls += 1;
    const { callable } = call;
    if (callable === undefined) return this.judgeUnknown(machine, call, 'a persistent object');
    const settled = this.settled.get(callable);
    if (settled !== undefined) return settled;
    if (callable.kind === 'result' || callable.kind === 'instance')
      return this.judgeCallOnResult(machine, call, callable);
    if (callable.kind === 'computed') return this.denied(machine, call, 'PKL-009', callable.label);
    if (callable.kind === 'extension') return this.denied(machine, call, 'PKL-013', callable.label, 'HIGH');
    const ofArray = this.arrays.judge(machine, call);
    if (ofArray !== undefined) return ofArray;
    const full = canonicalName(callable.module, callable.name);
    if (this.allowedGlobals.has(full)) return this.settle(callable, ALLOWED);
    if (allowedShape(callable.module, callable.name) === 'attribute' && isLibraryAttribute(machine, call)) {
      this.named.delete(callable.label);
      return ATTRIBUTE;
    }
    const ruleId = denialOf(callable.module, callable.name);
    if (ruleId !== undefined) {
      this.named.delete(callable.label);
      const verdict = this.denied(machine, call, ruleId, full);
      return full === 'builtins.getattr' ? verdict : this.settle(callable, verdict);
    }
    if (isUnlistedPath(callable.module, callable.name)) return this.denied(machine, call, 'PKL-009', full, 'HIGH');
    const isConstruction = CONSTRUCTED.has(call.kind) || (call.kind !== 'REDUCE' && call.args?.length === 0);
    if (isConstruction) return this.settle(callable, this.judgeClass(call, callable, full));
    return this.judgeCallable(machine, call, callable, full);
  }

  built(machine: PickleMachine, built: Built): number | undefined {
    const { target, offset } = built;
    if (target === undefined) return undefined;
    if (target.kind === 'global' || target.kind === 'extension' || target.kind === 'computed') {
      const isAllowed = this.allowedGlobals.has(canonicalName(target.module, target.name));
      if (!isAllowed) this.report('PKL-008', `BUILD sets attributes of ${target.label}`, target, offset);
      return undefined;
    }
    if (target.note === ATTRIBUTE.note)
      this.report('PKL-008', `BUILD sets attributes of ${target.label}`, target, offset);
    return this.arrays.built(machine, built);
  }

  /** PyTorch's restricted unpickler writes items of tensors without looking at their bounds (CVE-2026-24747). */
  filled(_machine: PickleMachine, target: Reference, offset: number): void {
    if (target.kind !== 'result' || !TENSOR_MAKER.test(`${target.module}.${target.name}`)) return;
    this.context.report({
      ruleId: 'PKL-008',
      message: `Items are set in ${target.label}, which is a tensor`,
      location: { byteOffset: offset },
      evidence: { callable: target.label },
      cve: ['CVE-2026-24747'],
    });
  }

  isSuspectByte(byte: number): boolean {
    return isPayloadByte(byte);
  }

  literal({ start, length }: Span, type: LiteralType, head: Uint8Array, at: number): void {
    if (!isPayloadHead(head, at, Math.min(length, head.length - at))) return;
    if (this.payloads.length < MAX_PAYLOADS) this.payloads.push({ start, length, type });
    else this.hasLostPayloads = true;
  }

  /** Reports dangerous names that were only named: a later step of the program may call them. */
  finish(): void {
    for (const draft of this.named.values()) this.context.report(draft);
    this.named.clear();
  }

  private judgeClass(call: Call, callable: Reference, full: string): CallVerdict {
    if (callable.module === '__main__' || isKnownLibrary(callable.module)) return ALLOWED;
    this.report('PKL-007', `Objects of the unknown class ${full} are made`, callable, call.offset);
    return UNKNOWN;
  }

  private judgeCallable(machine: PickleMachine, call: Call, callable: Reference, full: string): CallVerdict {
    switch (allowedShape(callable.module, callable.name)) {
      case 'any':
        if (full === 'numpy.dtype') return this.arrays.noteElementType(machine, call);
        return this.settle(callable, ALLOWED);
      case 'class-first':
        return isHarmlessClass(machine, call) ? ALLOWED : this.judgeUnknown(machine, call, full);
      case 'function-first':
        return isAllowedFunction(machine, call) ? ALLOWED : this.denied(machine, call, 'PKL-003', full);
      case 'keeps-function':
        return (call.holds & HOLDS_TAINT) === 0 ? ALLOWED : this.judgeUnknown(machine, call, full);
      case 'codec':
        return isPlainCodec(machine, call) ? ALLOWED : this.judgeUnknown(machine, call, full);
      case 'nested':
        return this.judgeLoader(machine, call, full);
      default:
        return this.judgeUnknown(machine, call, full);
    }
  }

  /** The bytes are scanned as a file of their own; anything but literal bytes cannot be followed. */
  private judgeLoader(machine: PickleMachine, call: Call, full: string): CallVerdict {
    const [first] = call.args ?? [];
    if (first === undefined || !isLiteral(first)) return this.denied(machine, call, 'PKL-004', full);
    const { start, length, type } = locateLiteral(machine.source, literalOffset(first));
    this.loaded.add(start);
    if (!this.payloads.some((payload) => payload.start === start)) this.payloads.push({ start, length, type });
    return ALLOWED;
  }

  private judgeUnknown(machine: PickleMachine, call: Call, full: string): CallVerdict {
    const hasData = (call.holds & (HOLDS_LITERAL | HOLDS_TAINT)) !== 0;
    const argsShape = describeArguments(machine, call);
    const ruleId = hasData ? 'PKL-005' : 'PKL-006';
    const message = `${call.kind} calls ${full}, which nobody vouches for`;
    const location = { byteOffset: call.offset };
    this.context.report({ ruleId, message, location, evidence: { callable: full, argsShape }, identity: call.kind });
    return UNKNOWN;
  }

  private judgeCallOnResult(machine: PickleMachine, call: Call, callable: Reference): CallVerdict {
    const severity = callable.trust === 'allowed' ? 'HIGH' : 'CRITICAL';
    return this.denied(machine, call, 'PKL-009', callable.label, severity);
  }

  private denied(machine: PickleMachine, call: Call, ruleId: string, full: string, severity?: Severity): CallVerdict {
    const argsShape = describeArguments(machine, call);
    this.context.report({
      ruleId,
      severity: severity ?? (ruleId === 'PKL-009' ? 'CRITICAL' : undefined),
      message: `${call.kind} calls ${full}${argsShape}`,
      location: { byteOffset: call.offset },
      evidence: { callable: full, argsShape },
    });
    return DENIED;
  }

  /** Remembers a verdict that does not depend on the arguments, since a pickle may make millions of such calls. */
  private settle(callable: Reference, verdict: CallVerdict): CallVerdict {
    this.settled.set(callable, verdict);
    return verdict;
  }

  private report(ruleId: string, message: string, reference: Reference, offset: number, severity?: Severity): void {
    const callable = reference.kind === 'global' ? canonicalName(reference.module, reference.name) : reference.label;
    this.context.report({ ruleId, severity, message, location: { byteOffset: offset }, evidence: { callable } });
  }
}

/** Dotted names are exact like all others: only those on the list are allowed. */
const isUnlistedPath = (moduleName: string, name: string): boolean =>
  name.includes('.') && allowedShape(moduleName, name) === undefined;

/** Methods of known libraries are named so in ordinary pickles; calling one is another matter. */
function dottedSeverity(moduleName: string, name: string): Severity {
  if (name.includes('__')) return 'HIGH';
  if (moduleName === '__main__') return 'MEDIUM';
  return isKnownLibrary(moduleName) ? 'LOW' : 'HIGH';
}

/** `getattr(owner, "name")` for an owner that is a class, function or object of a known library. */
function isLibraryAttribute(machine: PickleMachine, call: Call): boolean {
  const [owner, attribute] = call.args ?? [];
  if (call.args?.length !== 2 || owner === undefined || attribute === undefined) return false;
  const reference = machine.references.get(owner);
  const name = machine.textOf(attribute);
  if (reference === undefined || name === undefined || !/^_?[A-Za-z]\w*$/.test(name) || name.includes('__'))
    return false;
  const isOwned = reference.kind !== 'computed' && reference.kind !== 'extension' && reference.trust !== 'denied';
  const path = `${reference.name}.${name}`;
  return isOwned && isKnownLibrary(reference.module) && denialOf(reference.module, path) === undefined;
}

function isPlain(reference: Reference): boolean {
  return reference.kind !== 'computed' && reference.kind !== 'extension' && reference.trust !== 'denied';
}

function isHarmlessClass(machine: PickleMachine, call: Call): boolean {
  // Arguments that are no longer known one by one hold only what their kinds say.
  if (call.args === undefined) return (call.holds & HOLDS_TAINT) === 0;
  const references = call.args.map((value) => machine.references.get(value)).filter((one) => one !== undefined);
  const [first] = call.args;
  const target = first === undefined ? undefined : machine.references.get(first);
  return target?.kind === 'global' && references.every(isPlain) && denialOf(target.module, target.name) === undefined;
}

function isAllowedFunction(machine: PickleMachine, call: Call): boolean {
  const [first] = call.args ?? [];
  const target = first === undefined ? undefined : machine.references.get(first);
  return target?.kind === 'global' && allowedShape(target.module, target.name) === 'any';
}

function isPlainCodec(machine: PickleMachine, call: Call): boolean {
  const [content, codec] = call.args ?? [];
  if (call.args === undefined) return (call.holds & ~HOLDS_LITERAL) === 0;
  if (call.args.length !== 2 || content === undefined || codec === undefined || !isLiteral(content)) return false;
  return PLAIN_CODECS.has(machine.textOf(codec)?.toLowerCase() ?? '');
}
