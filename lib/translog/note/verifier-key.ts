import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { decodeBase64, encodeBase64 } from '../base64';
import { LogFormatError } from '../format-error';

/** Signature types of C2SP signed-note that this room knows. */
export const ED25519 = 0x01;
export const COSIGNATURE_V1 = 0x04;

export type SignatureType = typeof ED25519 | typeof COSIGNATURE_V1;

/** A public key with the name it signs under. Name and key id together identify it in a note. */
export interface VerifierKey {
  readonly name: string;
  /** First four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ type ‖ public key). */
  readonly keyId: number;
  readonly type: SignatureType;
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array;
}

/** A private key with the name it signs under. */
export interface Signer {
  readonly key: VerifierKey;
  readonly privateKey: KeyObject;
}

const PUBLIC_KEY_BYTES = 32;
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Makes a verifier key.
 *
 * @param publicKey 32 bytes of an Ed25519 public key.
 * @throws LogFormatError for a name that is empty or has spaces or a plus sign, or a key of another length.
 * @see C2SP signed-note, “Signatures”
 */
export function verifierKey(name: string, publicKey: Uint8Array, type: SignatureType = ED25519): VerifierKey {
  if (!isKeyName(name)) throw new LogFormatError('A key name is not empty and has no spaces and no plus sign');
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new LogFormatError('An Ed25519 public key has 32 bytes');
  return { name, keyId: keyIdOf(name, type, publicKey), type, publicKey };
}

/** `<name>+<key id in hex>+<base64 of type and public key>`: the form in which keys are published (“vkey”). */
export function formatVerifierKey(key: VerifierKey): string {
  const id = key.keyId.toString(16).padStart(8, '0');
  return `${key.name}+${id}+${encodeBase64(Buffer.concat([Buffer.of(key.type), key.publicKey]))}`;
}

/**
 * Reads a published key.
 *
 * @throws LogFormatError when it is malformed, its id does not belong to it, or its type is not Ed25519 (0x01) or an
 * Ed25519 cosignature (0x04).
 */
export function parseVerifierKey(text: string): VerifierKey {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const material = match && decodeBase64(match[3]!);
  if (!match || !material) throw new LogFormatError('A verifier key is written name+id+base64');
  const type = material[0];
  if (type !== ED25519 && type !== COSIGNATURE_V1) throw new LogFormatError(`Signature type ${type} is not supported`);
  const key = verifierKey(match[1]!, material.subarray(1), type);
  if (key.keyId !== Number.parseInt(match[2]!, 16)) throw new LogFormatError('The key id does not belong to the key');
  return key;
}

/**
 * Makes a signer from an Ed25519 private key.
 *
 * @param secret a key object, or the 32-byte seed of RFC 8032.
 * @throws LogFormatError for a bad name or a seed of another length.
 */
export function signer(name: string, secret: KeyObject | Uint8Array, type: SignatureType = ED25519): Signer {
  const privateKey = secret instanceof Uint8Array ? privateKeyFromSeed(secret) : secret;
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { key: verifierKey(name, spki.subarray(SPKI_PREFIX.length), type), privateKey };
}

/** Ed25519 signature of `message`, 64 bytes. The same key and message always give the same bytes. */
export function signBytes({ privateKey }: Signer, message: Uint8Array): Uint8Array {
  return sign(null, message, privateKey);
}

/** Whether `signature` is an Ed25519 signature of `message` by `key`. */
export function verifyBytes(key: VerifierKey, message: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, message, publicKeyObject(key), signature);
}

/** The key in the form that other programs read, for example `openssl` as PEM. */
export function publicKeyObject({ publicKey }: VerifierKey): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' });
}

/** Whether two keys are the same key under the same name and for the same kind of signature. */
export function isSameKey(a: VerifierKey, b: VerifierKey): boolean {
  return a.name === b.name && a.type === b.type && hasSamePublicKey(a, b);
}

/** Whether two keys wrap the same public key, whatever their names. */
export function hasSamePublicKey(a: VerifierKey, b: VerifierKey): boolean {
  return Buffer.compare(a.publicKey, b.publicKey) === 0;
}

/** Whether `name` may stand in a signature line. */
export function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}\p{Cc}+]+$/u.test(name);
}

function keyIdOf(name: string, type: SignatureType, publicKey: Uint8Array): number {
  const input = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey]);
  return Number.parseInt(hash('sha256', input, 'hex').slice(0, 8), 16);
}

function privateKeyFromSeed(seed: Uint8Array): KeyObject {
  if (seed.length !== 32) throw new LogFormatError('An Ed25519 seed has 32 bytes');
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}
