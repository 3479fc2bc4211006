import { encodeBase64 } from '../base64';
import type { Checkpoint } from '../note/checkpoint';
import { formatVerifierKey, type VerifierKey } from '../note/verifier-key';

/** What a problem was found in. */
export type CheckedPart =
  | 'structure'
  | 'manifest'
  | 'checkpoint'
  | 'proof'
  | 'history'
  | 'hashes'
  | 'entries'
  | 'payloads'
  | 'files';

/** Something that is not as it was logged. */
export interface Problem {
  readonly part: CheckedPart;
  /** The entry it concerns. Where it concerns them all, the first one; where it comes after them all, one past the last. */
  readonly position: number;
  /** One sentence for a person. */
  readonly message: string;
}

/** The result of verifying a log or a pack. */
export interface Verdict {
  readonly ok: boolean;
  /** From the checkpoint; null when it could not be read. */
  readonly origin: string | null;
  readonly size: number | null;
  /** Base64, as in the checkpoint. */
  readonly root: string | null;
  /** The entries that were looked at: from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  /**
   * Null when all is well. Otherwise every entry of the range before this position is proven to be as logged, and the
   * first problem is here.
   */
  readonly firstBad: number | null;
  /** Whether the caller named a key or policy. If not, the keys came with the data: whole, but by whom is open. */
  readonly isTrusted: boolean;
  /** Verifier keys with a good signature on the checkpoint; where the caller named any, only keys among those. */
  readonly signedBy: readonly string[];
  /** Further keys with a good signature. They came with the data and bear whatever name its maker gave them. */
  readonly alsoSignedBy: readonly string[];
  /** How much was checked. */
  readonly checked: {
    readonly entries: number;
    readonly history: number;
    readonly payloads: number;
    readonly files: number;
  };
  readonly problems: readonly Problem[];
}

/** Called now and then during a long verification. */
export type OnProgress = (done: number, total: number) => void;

/** Collects what is found on the way to a verdict. */
export class Findings {
  readonly #problems: Problem[] = [];
  readonly checked = { entries: 0, history: 0, payloads: 0, files: 0 };
  start = 0;
  end = 0;
  checkpoint: Checkpoint | null = null;
  signedBy: readonly VerifierKey[] = [];
  /** Those of `signedBy` that the caller, who named others, did not name. */
  unnamed: readonly VerifierKey[] = [];

  constructor(readonly isTrusted: boolean) {}

  add(part: CheckedPart, position: number, message: string): void {
    this.#problems.push({ part, position, message });
  }

  verdict(): Verdict {
    const { checkpoint, start, end, isTrusted, signedBy, unnamed, checked } = this;
    return {
      ok: this.#problems.length === 0,
      origin: checkpoint?.origin ?? null,
      size: checkpoint?.size ?? null,
      root: checkpoint && encodeBase64(checkpoint.root),
      start,
      end,
      firstBad: firstBadOf(this.#problems),
      isTrusted,
      signedBy: signedBy.filter((key) => !unnamed.includes(key)).map(formatVerifierKey),
      alsoSignedBy: unnamed.map(formatVerifierKey),
      checked,
      problems: this.#problems.toSorted((a, b) => a.position - b.position),
    };
  }
}

/**
 * The log comes first: what hangs on its entries (payloads, files, the container around them) decides only when the
 * entries themselves are proven.
 */
function firstBadOf(problems: readonly Problem[]): number | null {
  const isAppendage = ({ part }: Problem) => part === 'payloads' || part === 'files' || part === 'structure';
  const inLog = problems.filter((problem) => !isAppendage(problem));
  const deciding = inLog.length > 0 ? inLog : problems;
  // No spread into Math.min: a pack can cause more problems than a call can have arguments.
  return deciding.reduce<number | null>((least, { position }) => Math.min(least ?? position, position), null);
}
