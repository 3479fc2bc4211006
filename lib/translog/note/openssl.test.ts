import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatCheckpoint } from './checkpoint';
import { cosign, cosignedMessage, splitCosignature } from './cosignature';
import { checkNote, formatNote, parseNote, signText } from './signed-note';
import { COSIGNATURE_V1, publicKeyObject, type Signer, signer } from './verifier-key';

/** The word of a program that has nothing to do with ours. Without `openssl` these tests fail; they are not skipped. */
let folder: string;
const root = Buffer.alloc(32, 0xab);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'translog-openssl-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(folder, name);
  writeFileSync(at, content);
  return at;
}

function opensslVerifies({ key }: Signer, message: Uint8Array, signature: Uint8Array): boolean {
  const pem = publicKeyObject(key).export({ type: 'spki', format: 'pem' });
  const publicKey = ['-pubin', '-inkey', file('key.pem', pem)];
  const input = ['-rawin', '-in', file('message', message), '-sigfile', file('signature', signature)];
  const { status, stdout, error } = spawnSync('openssl', ['pkeyutl', '-verify', ...publicKey, ...input], {
    encoding: 'utf8',
  });
  if (error) throw error;
  return status === 0 && stdout.includes('Signature Verified Successfully');
}

test('openssl verifies the signature on a checkpoint, and not on a changed one', () => {
  const log = signer('heptad.example/log', Buffer.alloc(32, 1));
  for (const size of [0, 1, 1_000_000, Number.MAX_SAFE_INTEGER]) {
    const text = formatCheckpoint({ origin: log.key.name, size, root, extensions: [] });
    const stored = formatNote({ text, signatures: [signText(text, log)] });
    const note = parseNote(Buffer.from(stored));
    const { signature } = note.signatures[0]!;
    expect(opensslVerifies(log, Buffer.from(note.text), signature)).toBe(true);
    expect(opensslVerifies(log, Buffer.from(note.text.replace('log', 'lag')), signature)).toBe(false);
  }
});

test('openssl verifies a cosignature over its time and checkpoint', () => {
  const witness = signer('witness.example', Buffer.alloc(32, 2), COSIGNATURE_V1);
  const text = formatCheckpoint({ origin: 'heptad.example/log', size: 5, root, extensions: [] });
  const { timestamp, signature } = splitCosignature(cosign(text, 1_767_225_600, witness).signature)!;
  expect(opensslVerifies(witness, cosignedMessage(text, timestamp), signature)).toBe(true);
  expect(opensslVerifies(witness, cosignedMessage(text, timestamp + 1), signature)).toBe(false);
});

test('a checkpoint signed by openssl with its own key verifies here', () => {
  const keyFile = path.join(folder, 'private.pem');
  execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', keyFile]);
  const { key } = signer('heptad.example/log', createPrivateKey(readFileSync(keyFile)));
  const text = formatCheckpoint({ origin: key.name, size: 7, root, extensions: [] });
  const signed = path.join(folder, 'signed');
  const args = ['pkeyutl', '-sign', '-inkey', keyFile, '-rawin', '-in', file('text', text), '-out', signed];
  execFileSync('openssl', args);
  const signature = { name: key.name, keyId: key.keyId, signature: readFileSync(signed) };
  const note = parseNote(Buffer.from(formatNote({ text, signatures: [signature] })));
  expect(checkNote(note, [key]).verified).toEqual([key]);
});
