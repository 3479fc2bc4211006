import { LogFormatError } from '../format-error';
import { type Checkpoint, parseCheckpoint } from '../note/checkpoint';
import { checkNote, parseNote, type SignedNote } from '../note/signed-note';
import { satisfiesPolicy, type TrustPolicy } from '../note/trust-policy';
import { ED25519, isSameKey, type VerifierKey } from '../note/verifier-key';

/** What the person who verifies brings along. */
export interface Trust {
  /** Keys of the log, known from elsewhere. Empty: the keys that come with the data are used. */
  readonly keys: readonly VerifierKey[];
  readonly policy: TrustPolicy | null;
  /** A checkpoint kept from earlier: the log must have grown from it. */
  readonly known: Checkpoint | null;
}

/** A checkpoint whose signatures hold. */
export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** All keys with a good signature. */
  readonly signedBy: readonly VerifierKey[];
  /** Those of them that only came with the data, while the person who verifies named others. */
  readonly unnamed: readonly VerifierKey[];
}

/** Whether the answer to “signed by whom?” comes from the person who verifies. */
export function namesLogKeys({ keys, policy }: Trust): boolean {
  return keys.length > 0 || (policy !== null && policy.logs.length > 0);
}

/**
 * Reads a signed checkpoint and checks its signatures.
 *
 * @param offered keys that came with the data.
 * @param isClosed whether every signature must be by a known key: so in a pack, where nothing may change unseen. A served
 * log may have cosignatures of witnesses that nobody here knows (C2SP signed-note).
 * @returns a sentence saying what is wrong when it does not hold.
 */
export function openCheckpoint(
  bytes: Uint8Array,
  offered: readonly VerifierKey[],
  trust: Trust,
  isClosed: boolean,
): OpenedCheckpoint | string {
  const parsed = parse(bytes);
  if (typeof parsed === 'string') return parsed;
  const { note, checkpoint } = parsed;
  const { keys, policy } = trust;
  const named = [...keys, ...(policy?.logs ?? []), ...(policy?.witnesses ?? [])];
  const candidates = [...named, ...offered];
  if (candidates.length === 0) return 'there is no key to check its signatures with';
  const check = checkNote(note, candidates);
  if (check.failed.length > 0) return `the signature by ${check.failed[0]!.name} is not good`;
  if (isClosed && check.unknown.length > 0) return `nothing is known of the signer ${check.unknown[0]!.name}`;
  const logKeys = check.verified.filter(({ name, type }) => name === checkpoint.origin && type === ED25519);
  if (logKeys.length === 0) return `it is not signed by the log ${checkpoint.origin}`;
  if (keys.length > 0 && !logKeys.some((signed) => keys.some((key) => isSameKey(signed, key)))) {
    return 'it is not signed by the key you named';
  }
  if (policy !== null && !satisfiesPolicy(policy, checkpoint.origin, check)) return 'it does not satisfy the policy';
  const unnamed = named.length === 0 ? [] : check.verified.filter((key) => !named.some((one) => isSameKey(one, key)));
  return { checkpoint, signedBy: check.verified, unnamed };
}

function parse(bytes: Uint8Array): { note: SignedNote; checkpoint: Checkpoint } | string {
  try {
    const note = parseNote(bytes);
    return { note, checkpoint: parseCheckpoint(note.text) };
  } catch (error) {
    if (error instanceof LogFormatError) return error.message;
    throw error;
  }
}
