import { fingerprintOf, type Finding, type FindingEvidence, type FindingLocation } from './finding';
import type { Limits } from './limits';
import { ruleOf } from './rules';
import { isAtLeast, type Severity } from './severity';
import { ENGINE_VERSION } from './version';

/** What a parser knows about a finding; the context adds the rest. */
export interface FindingDraft {
  ruleId: string;
  message: string;
  /** Default: the rule's. */
  severity?: Severity;
  confidence?: number;
  location?: Omit<Partial<FindingLocation>, 'memberPath' | 'byteOffset'> & { byteOffset?: number };
  evidence?: FindingEvidence;
  cve?: string[];
  /** Set where the evidence alone would not tell two findings apart, such as a tensor's name. */
  identity?: string;
}

/** State of one artifact, shared by the contexts of its members. */
interface ArtifactState {
  readonly path: string;
  readonly size: number;
  readonly limits: Limits;
  readonly deadline: number;
  readonly now: () => number;
  readonly findings: Map<string, Finding>;
  format: string;
  isIncomplete: boolean;
  members: number;
  hasExpired: boolean;
}

export interface ArtifactOptions {
  /** Relative path with forward slashes. */
  path: string;
  size: number;
  limits: Limits;
  /** Milliseconds of any steady clock. */
  now?: () => number;
}

const clip = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

/** Where parsers report to, for one artifact and one place inside it. */
export class ScanContext {
  private constructor(
    private readonly state: ArtifactState,
    /** Members from the outside in. */
    readonly memberPath: readonly string[],
  ) {}

  static forArtifact({ path, size, limits, now = () => performance.now() }: ArtifactOptions): ScanContext {
    const deadline = now() + limits.artifactMs;
    const findings = new Map<string, Finding>();
    return new ScanContext(
      { path, size, limits, deadline, now, findings, format: '', isIncomplete: false, members: 0, hasExpired: false },
      [],
    );
  }

  get limits(): Limits {
    return this.state.limits;
  }

  /** Path of the artifact, or of the member when inside an archive. */
  get name(): string {
    return this.memberPath.at(-1) ?? this.state.path;
  }

  /** Path of the scanned file itself. */
  get artifactPath(): string {
    return this.state.path;
  }

  get findings(): Finding[] {
    return [...this.state.findings.values()];
  }

  get isIncomplete(): boolean {
    return this.state.isIncomplete;
  }

  get format(): string {
    return this.state.format === '' ? 'unknown' : this.state.format;
  }

  /** The first parser that knows the artifact itself (not a member) names its format. */
  recognise(format: string): void {
    if (this.memberPath.length === 0 && this.state.format === '') this.state.format = format;
  }

  /** The context of something inside this one; undefined when it lies too deep, which is reported. */
  enter(member: string): ScanContext | undefined {
    if (this.memberPath.length >= this.limits.depth) {
      this.reportLimit(`Nothing deeper than ${this.limits.depth} levels is looked at`);
      return undefined;
    }
    return new ScanContext(this.state, [...this.memberPath, clip(member, 1024)]);
  }

  /** Counts one archive member; false once there are too many, which is reported. */
  countMember(): boolean {
    this.state.members += 1;
    if (this.state.members <= this.limits.members) return true;
    this.reportLimit(`More than ${this.limits.members} members`);
    return false;
  }

  /** True when the artifact's time is up; reports it once. */
  isExpired(): boolean {
    if (this.state.hasExpired) return true;
    if (this.state.now() < this.state.deadline) return false;
    this.state.hasExpired = true;
    this.reportLimit(`The time of ${this.limits.artifactMs} ms for one artifact is up`);
    return true;
  }

  reportLimit(message: string): void {
    this.markIncomplete();
    this.report({ ruleId: 'SYS-001', message });
  }

  reportUnreadable(message: string): void {
    this.markIncomplete();
    this.report({ ruleId: 'SYS-002', message });
  }

  markIncomplete(): void {
    this.state.isIncomplete = true;
  }

  report(draft: FindingDraft): void {
    const { state } = this;
    const rule = ruleOf(draft.ruleId);
    const { callable, argsShape, snippetRedacted } = draft.evidence ?? {};
    const evidence: FindingEvidence = {
      ...(callable === undefined ? {} : { callable: clip(callable, 300) }),
      ...(argsShape === undefined ? {} : { argsShape: clip(argsShape, 200) }),
      ...(snippetRedacted === undefined ? {} : { snippetRedacted: clip(snippetRedacted, 200) }),
    };
    const fingerprint = fingerprintOf({
      ruleId: rule.id,
      path: state.path,
      memberPath: this.memberPath,
      callable,
      evidence: draft.identity ?? snippetRedacted ?? argsShape ?? (callable === undefined ? draft.message : ''),
    });
    const severity = draft.severity ?? rule.severity;
    const before = state.findings.get(fingerprint);
    if (before !== undefined ? isAtLeast(before.severity, severity) : !this.hasRoomFor(rule.id, severity)) return;
    const { byteOffset, ...place } = draft.location ?? {};
    state.findings.set(fingerprint, {
      schemaVersion: 1,
      ruleId: rule.id,
      severity,
      confidence: draft.confidence ?? 1,
      title: rule.title,
      message: clip(draft.message, 500),
      artifact: { path: state.path, size: state.size, format: '' },
      location: {
        memberPath: [...this.memberPath],
        ...(byteOffset === undefined ? {} : { byteOffset: String(Math.trunc(byteOffset)) }),
        ...place,
      },
      evidence,
      cwe: [...rule.cwe],
      cve: draft.cve ?? [],
      atlas: [...rule.atlas],
      fingerprint,
      engineVersion: ENGINE_VERSION,
    });
  }

  /** Past the limit only grave findings are added, so that harmless ones cannot hide them. */
  private hasRoomFor(ruleId: string, severity: Severity): boolean {
    const { findings } = this.state;
    if (findings.size < this.limits.findings || ruleId === 'SYS-001') return true;
    this.reportLimit(`More than ${this.limits.findings} findings in one artifact`);
    return isAtLeast(severity, 'HIGH') && findings.size < this.limits.findings * 4;
  }
}
