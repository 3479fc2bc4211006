import { createHmac, type Hmac, timingSafeEqual } from 'node:crypto';
import { decodeBase64, encodeBase64 } from './base64';
import { LogFormatError } from './format-error';

/** How a payload is bound to its event. */
export const PAYLOAD_ALGORITHM = 'hmac-sha256';

/** Bytes of the random salt of each payload. */
export const SALT_BYTES = 32;

/**
 * What an event says for ever about a payload it does not hold. Without the salt it reveals the length and nothing
 * else, however easy the payload is to guess.
 */
export interface PayloadCommitment {
  readonly alg: typeof PAYLOAD_ALGORITHM;
  /** Base64 of HMAC-SHA-256 with the salt as key. */
  readonly digest: string;
  /** Bytes of the payload. */
  readonly len: number;
}

/** A payload as it is kept beside the log until it is erased. */
export type StoredPayload =
  | {
      readonly state: 'kept';
      readonly commitment: PayloadCommitment;
      readonly salt: Uint8Array;
      readonly content: Uint8Array;
    }
  | { readonly state: 'erased'; readonly commitment: PayloadCommitment };

/**
 * Binds an event to a payload.
 *
 * @param salt 32 random bytes, used for this payload only. The length is fixed because HMAC pads shorter keys with
 * zeros: two salts of different lengths could open the same commitment.
 * @throws LogFormatError for a salt of another length.
 * @see RFC 2104
 */
export function commitPayload(content: Uint8Array, salt: Uint8Array): PayloadCommitment {
  const digest = new PayloadHash(salt).update(content).digest();
  return { alg: PAYLOAD_ALGORITHM, digest: encodeBase64(digest), len: content.length };
}

/**
 * The payload without its salt and content. The event, its leaf and every proof stay as they are; nobody can
 * test a guess any more. Deleting the stored bytes, their key and their backups is the caller's part.
 */
export function erasePayload({ commitment }: StoredPayload): StoredPayload {
  return { state: 'erased', commitment };
}

/** Whether what is kept of a payload is what its event committed to. `erased` cannot be checked and is no fault. */
export function checkPayload(payload: StoredPayload): 'matches' | 'differs' | 'erased' {
  if (payload.state === 'erased') return 'erased';
  const { commitment, salt, content } = payload;
  return salt.length === SALT_BYTES && new PayloadHash(salt).update(content).opens(commitment) ? 'matches' : 'differs';
}

/** The digest of a payload that arrives in pieces. */
export class PayloadHash {
  readonly #hmac: Hmac;
  #length = 0;

  /** @throws LogFormatError for a salt that is not 32 bytes long. */
  constructor(salt: Uint8Array) {
    if (salt.length !== SALT_BYTES) throw new LogFormatError(`A salt has ${SALT_BYTES} bytes`);
    this.#hmac = createHmac('sha256', salt);
  }

  update(piece: Uint8Array): this {
    this.#hmac.update(piece);
    this.#length += piece.length;
    return this;
  }

  /** 32 bytes. Ends the computation. */
  digest(): Uint8Array {
    return this.#hmac.digest();
  }

  /** Whether the pieces so far are the payload of `commitment`. Ends the computation. */
  opens(commitment: PayloadCommitment): boolean {
    const expected = decodeBase64(commitment.digest);
    const digest = this.digest();
    return commitment.len === this.#length && expected?.length === digest.length && timingSafeEqual(expected, digest);
  }
}

/**
 * The commitments in the `payload` list of an event.
 *
 * @param body the JSON of the event.
 * @returns one per element; null where an element is not a commitment of this kind.
 */
export function commitmentsOf(body: Uint8Array): (PayloadCommitment | null)[] {
  const event = parseJson(body);
  const payload = isRecord(event) ? event['payload'] : null;
  return Array.isArray(payload) ? payload.map((item: unknown) => (isCommitment(item) ? item : null)) : [];
}

function isCommitment(item: unknown): item is PayloadCommitment {
  return (
    isRecord(item) &&
    item['alg'] === PAYLOAD_ALGORITHM &&
    typeof item['digest'] === 'string' &&
    Number.isSafeInteger(item['len'])
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
}
