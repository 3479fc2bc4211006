import { generateKeyPairSync, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  COSIGNATURE_V1,
  ED25519,
  formatVerifierKey,
  hasSamePublicKey,
  isKeyName,
  isSameKey,
  parseVerifierKey,
  publicKeyObject,
  signBytes,
  signer,
  verifierKey,
  verifyBytes,
} from './verifier-key';

/** Keys are made inside the tests, so that one that cannot be made fails a test by its name. */
const seed = (n: number) => Buffer.alloc(32, n);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('a seed gives the public key and the signature of RFC 8032 §7.1, test 2', () => {
  const secret = Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex');
  const by = signer('rfc.example', secret);
  expect(hex(by.key.publicKey)).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
  const signature = signBytes(by, Buffer.of(0x72));
  expect(hex(signature)).toBe(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  );
  expect(verifyBytes(by.key, Buffer.of(0x72), signature)).toBe(true);
  expect(verifyBytes(by.key, Buffer.of(0x73), signature)).toBe(false);
  expect(verify(null, Buffer.of(0x72), publicKeyObject(by.key), signature)).toBe(true);
});

test('a key object and its seed sign alike', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const by = signer('log.example', privateKey);
  const message = Buffer.from('checkpoint');
  expect(verify(null, message, publicKey, signBytes(by, message))).toBe(true);
  expect(by.privateKey).toBe(privateKey);
  expect(by.key.type).toBe(ED25519);
});

test('a published key is written with its name, id and type, and read back', () => {
  for (const type of [ED25519, COSIGNATURE_V1] as const) {
    const { key } = signer('log.example', seed(1), type);
    const [name, id, material] = formatVerifierKey(key).split('+', 3);
    expect([name, id]).toEqual(['log.example', key.keyId.toString(16).padStart(8, '0')]);
    expect(Buffer.from(formatVerifierKey(key).slice(21), 'base64')[0]).toBe(type);
    expect(material).not.toBe('');
    expect(parseVerifierKey(formatVerifierKey(key))).toEqual(key);
  }
});

test('two keys are the same by name, kind and public key together', () => {
  const key = verifierKey('a', seed(1));
  expect(isSameKey(key, verifierKey('a', seed(1)))).toBe(true);
  expect(isSameKey(key, verifierKey('b', seed(1)))).toBe(false);
  expect(isSameKey(key, verifierKey('a', seed(2)))).toBe(false);
  expect(isSameKey(key, verifierKey('a', seed(1), COSIGNATURE_V1))).toBe(false);
  expect(hasSamePublicKey(key, verifierKey('b', seed(1), COSIGNATURE_V1))).toBe(true);
  expect(hasSamePublicKey(key, verifierKey('a', seed(2)))).toBe(false);
});

test('names without spaces, controls and plus signs are names, and those alone make a key', () => {
  for (const name of ['a', 'heptad.example/agent-audit/acme', 'zürich']) {
    expect(isKeyName(name)).toBe(true);
    expect(verifierKey(name, seed(1)).name).toBe(name);
  }
  for (const name of ['', ' ', 'a b', 'a+b', 'a\u0000']) expect(isKeyName(name)).toBe(false);
});
