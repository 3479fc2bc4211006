import type { FindingDraft, ScanContext } from '../scan-context';
import type { Severity } from '../severity';
import { ALLOWED_CALLS, isGuardedShape, isStrictShape } from './allowed-names';
import {
  CLASS_NAME,
  dottedSeverity,
  EAGER,
  fillsMemory,
  isDataMaker,
  isDataOf,
  isUnlistedPath,
  SHARED_RESULTS,
  takesObject,
  TENSOR_MAKER,
} from './argument-rules';
import { describeArguments } from './argument-shape';
import { CallRecords, draftOfDenied } from './call-record';
import { JoblibArrays } from './joblib-arrays';
import { type LiteralType, locateLiteral, type Span } from './literal';
import type { PickleMachine } from './machine';
import { NamedDangers } from './named-dangers';
import { allowedShape, canonicalName, denialOf, isKnownLibrary } from './names';
import { type Reference, SHARED } from './objects';
import { isPayloadByte, isPayloadHead } from './payload';
import type { Built, Call, CallVerdict, MachineObserver } from './observer';
import { States } from './states';
import { HOLDS_LITERAL, HOLDS_TAINT, isLiteral, literalOffset } from './values';
import { ALLOWED, ATTRIBUTE, DATA, DENIED, judgeArguments, judgeGuarded, METHOD, UNKNOWN } from './verdicts';

/** Content inside a pickle that may be a pickle or an archive itself. */
export type Payload = Span & { type: LiteralType };

const CONSTRUCTED = new Set(['NEWOBJ', 'NEWOBJ_EX']);
const TENSOR_ITEMS = { cve: ['CVE-2026-24747'], identity: 'tensor items' };
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
  deniedCalls = 0;
  hasLostPayloads = false;
  readonly arrays: JoblibArrays;
  private readonly states = new States();
  private readonly named = new NamedDangers();
  private readonly extensions = new Set<string>();
  private readonly settledCalls = new Map<Reference, CallVerdict>();
  private readonly settledClasses = new Map<Reference, CallVerdict>();
  private readonly records: CallRecords;

  constructor(
    private readonly context: Pick<ScanContext, 'report'>,
    private readonly allowedGlobals: ReadonlySet<string>,
    unpickler: Unpickler = 'joblib',
    /** Offset of the stream's first byte. */
    start = 0,
  ) {
    this.arrays = new JoblibArrays(unpickler === 'joblib');
    this.records = new CallRecords(context, start);
  }

  resolved(_machine: PickleMachine, reference: Reference, offset: number): void {
    this.names += 1;
    const { kind, module: moduleName, name, label } = reference;
    if (kind === 'computed') {
      this.report('PKL-009', `The name ${label} is computed while loading`, reference, offset, {
        severity: 'CRITICAL',
      });
      return;
    }
    if (kind === 'extension') {
      if (this.extensions.has(name)) return;
      this.extensions.add(name);
      this.report('PKL-013', `Extension code ${name} stands for a name only the process knows`, reference, offset);
      return;
    }
    if (!IDENTIFIER.test(moduleName) || !IDENTIFIER.test(name)) this.impossibleNames += 1;
    this.arrays.noteName(reference);
    const full = canonicalName(moduleName, name);
    if (this.allowedGlobals.has(full)) return;
    const ruleId = denialOf(moduleName, name);
    if (ruleId !== undefined) {
      reference.isWatched = true;
      const message = `The pickle names ${full} without calling it`;
      const location = { byteOffset: offset };
      const draft: FindingDraft = { ruleId, severity: 'HIGH', message, location, evidence: { callable: full } };
      this.named.name(label, draft);
    } else if (isUnlistedPath(moduleName, name)) {
      const severity = dottedSeverity(moduleName, name);
      this.report('PKL-009', `The name ${full} walks through attributes`, reference, offset, { severity });
    } else if (moduleName === '__main__') {
      this.report('PKL-016', `The pickle needs ${full} of the program that saved it`, reference, offset);
    }
  }

  called(machine: PickleMachine, call: Call): CallVerdict {
    this.calls += 1;
    const { callable } = call;
    if (callable === undefined) return this.judgeUnknown(machine, call, 'a persistent object');
    const ofArray = this.arrays.judge(machine, call);
    if (ofArray !== undefined) return ofArray;
    const isConstruction =
      CONSTRUCTED.has(call.kind) ||
      (call.kind !== 'REDUCE' && call.args?.length === 0 && CLASS_NAME.test(callable.name));
    const settled = (isConstruction ? this.settledClasses : this.settledCalls).get(callable);
    if (settled === DENIED) {
      this.named.forget(callable.label);
      this.records.addTo(callable, machine, call);
    }
    if (settled !== undefined && !(settled === ALLOWED && this.states.areHandedOn(machine, call))) return settled;
    if (callable.kind === 'result' || callable.kind === 'instance')
      return this.judgeCallOnResult(machine, call, callable);
    if (callable.kind === 'computed') return this.denied(machine, call, 'PKL-009', callable.label);
    if (callable.kind === 'extension') return this.denied(machine, call, 'PKL-013', callable.label, 'HIGH');
    const full = canonicalName(callable.module, callable.name);
    if (this.allowedGlobals.has(full)) return this.settle(callable, ALLOWED);
    const guarded = judgeGuarded(machine, call, full);
    if (guarded !== undefined) {
      this.named.spend(callable.label);
      return guarded;
    }
    const ruleId = denialOf(callable.module, callable.name);
    if (ruleId !== undefined) {
      this.named.forget(callable.label);
      if (isGuardedShape(ALLOWED_CALLS.get(full))) return this.denied(machine, call, ruleId, full);
      this.deniedCalls += 1;
      if (!this.records.addTo(callable, machine, call))
        this.records.begin(callable, machine, call, draftOfDenied(machine, call, ruleId, full));
      return isConstruction ? this.settleClass(callable, DENIED) : this.settle(callable, DENIED);
    }
    if (isUnlistedPath(callable.module, callable.name)) return this.denied(machine, call, 'PKL-009', full, 'HIGH');
    if (isConstruction && EAGER.has(full)) return this.judgeAllowed(machine, call, callable, full);
    if (isConstruction && isDataOf(call, full)) return DATA;
    if (isConstruction) return this.settleClass(callable, this.judgeClass(call, callable, full));
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
    const isAttribute = target.note === ATTRIBUTE.note || target.note === METHOD.note;
    if (isAttribute) this.report('PKL-008', `BUILD sets attributes of ${target.label}`, target, offset);
    else if (!this.states.note(machine, built))
      this.report('PKL-008', `BUILD may set any attribute of ${target.label}, its class too`, target, offset);
    else if (target.touched === SHARED && this.states.isDubious)
      this.report('PKL-008', `A second BUILD of ${target.label} may call what the first has set`, target, offset);
    return this.arrays.built(machine, built);
  }

  recalled({ label }: Reference): void {
    this.named.takeAgain(label);
  }

  extended(_machine: PickleMachine, target: Reference, offset: number): void {
    const { kind, touched, note } = target;
    if (kind === 'instance' && touched === undefined) return;
    if (kind === 'result' && touched === undefined && note !== ATTRIBUTE.note && note !== METHOD.note) return;
    this.report('PKL-008', `Items are appended to ${target.label}, which may call what it was given`, target, offset);
  }

  filled(_machine: PickleMachine, target: Reference, offset: number): void {
    const { kind, note, touched } = target;
    const isForeign = kind === 'global' || note === ATTRIBUTE.note || touched === SHARED;
    // PyTorch's restricted unpickler writes items of tensors without looking at their bounds.
    if (kind === 'result' && TENSOR_MAKER.test(`${target.module}.${target.name}`))
      this.report('PKL-008', `Items are set in ${target.label}, a tensor`, target, offset, TENSOR_ITEMS);
    else if (isForeign) this.report('PKL-008', `Items are set in ${target.label}`, target, offset);
  }

  isSuspectByte(byte: number): boolean {
    return isPayloadByte(byte);
  }

  literal({ start, length }: Span, type: LiteralType, head: Uint8Array, at: number): void {
    if (!isPayloadHead(head, at, Math.min(length, head.length - at))) return;
    if (this.payloads.length < MAX_PAYLOADS) this.payloads.push({ start, length, type });
    else this.hasLostPayloads = true;
  }

  /** Reports what calls make one finding, and dangerous names that were only named: a later step may call them. */
  finish(): void {
    this.records.finish();
    this.named.report((draft) => this.context.report(draft));
  }

  private judgeClass(call: Call, callable: Reference, full: string): CallVerdict {
    if (callable.module === '__main__' || isKnownLibrary(callable.module)) return ALLOWED;
    if (allowedShape(callable.module, callable.name) === 'any') return ALLOWED;
    this.report('PKL-007', `Objects of the unknown class ${full} are made`, callable, call.offset);
    return UNKNOWN;
  }

  private judgeCallable(machine: PickleMachine, call: Call, callable: Reference, full: string): CallVerdict {
    const shape = allowedShape(callable.module, callable.name);
    if (shape === 'any') return this.judgeAllowed(machine, call, callable, full);
    if (shape === 'nested') return this.judgeLoader(machine, call, full);
    const verdict = shape && judgeArguments(machine, call, full, shape);
    if (verdict) return verdict;
    return isStrictShape(shape)
      ? this.denied(machine, call, 'PKL-003', full, 'HIGH')
      : this.judgeUnknown(machine, call, full);
  }

  private judgeAllowed(machine: PickleMachine, call: Call, callable: Reference, full: string): CallVerdict {
    if (full === 'numpy.dtype') return this.arrays.noteElementType(machine, call);
    if (SHARED_RESULTS.has(full)) return ATTRIBUTE;
    if (EAGER.has(full) && fillsMemory(machine, call, full)) return this.denied(machine, call, 'PKL-014', full);
    if (this.states.areHandedOn(machine, call) || (EAGER.has(full) && takesObject(machine, call))) {
      this.report('PKL-008', `${full} may call what an object in its arguments was given`, callable, call.offset);
      return UNKNOWN;
    }
    if (isDataOf(call, full)) return DATA;
    return EAGER.has(full) || isDataMaker(full) ? ALLOWED : this.settle(callable, ALLOWED);
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
    const key = `${call.kind} ${full}`;
    if (hasData && this.records.addTo(key, machine, call)) return UNKNOWN;
    const argsShape = describeArguments(machine, call);
    const draft = {
      ruleId: hasData ? 'PKL-005' : 'PKL-006',
      message: `${call.kind} calls ${full}, which nobody vouches for`,
      location: { byteOffset: call.offset },
      evidence: { callable: full, argsShape },
      identity: call.kind,
    };
    if (hasData) this.records.begin(key, machine, call, draft);
    else this.context.report(draft);
    return UNKNOWN;
  }

  private judgeCallOnResult(machine: PickleMachine, call: Call, callable: Reference): CallVerdict {
    if (callable.note === METHOD.note) return ALLOWED;
    const severity = callable.trust === 'allowed' ? 'HIGH' : 'CRITICAL';
    return this.denied(machine, call, 'PKL-009', callable.label, severity);
  }

  private denied(machine: PickleMachine, call: Call, ruleId: string, full: string, severity?: Severity): CallVerdict {
    this.deniedCalls += 1;
    const key = `${ruleId} ${severity} ${full}`;
    if (!this.records.addTo(key, machine, call))
      this.records.begin(key, machine, call, draftOfDenied(machine, call, ruleId, full, severity));
    return DENIED;
  }

  /** Remembers a verdict that does not depend on the arguments, since a pickle may make millions of such calls. */
  private settle(callable: Reference, verdict: CallVerdict): CallVerdict {
    this.settledCalls.set(callable, verdict);
    return verdict;
  }

  private settleClass(callable: Reference, verdict: CallVerdict): CallVerdict {
    this.settledClasses.set(callable, verdict);
    return verdict;
  }

  private report(
    ruleId: string,
    message: string,
    reference: Reference,
    offset: number,
    more: Pick<FindingDraft, 'severity' | 'cve' | 'identity'> = {},
  ): void {
    const callable = reference.kind === 'global' ? canonicalName(reference.module, reference.name) : reference.label;
    this.context.report({ ruleId, message, location: { byteOffset: offset }, evidence: { callable }, ...more });
  }
}
