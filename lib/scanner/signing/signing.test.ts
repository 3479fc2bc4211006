import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { CODE_SIGNING, makeCertificate, type MadeCertificate } from '../fixtures/certificate-builder';
import { makeStatement, signStatement, stateFiles } from '../fixtures/model-signer';
import { readElements, readExtensions } from './der';
import { preAuthentication, rootDigest, type Statement, verifyBundle } from './model-signature';
import { compareFiles, type FileProblem } from './signed-files';
import { isModelSignature } from './signature-format';

const FILES = { 'config.json': '{}', 'weights/a.safetensors': 'tensor', 'weights/b.safetensors': 'tensors' };
const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const trust = { publicKey: key.publicKey };
const statement = makeStatement(stateFiles(FILES));
const bundle = signStatement(statement, key);
const verifying =
  (text: string, by: Parameters<typeof verifyBundle>[1] = trust) =>
  (): unknown =>
    verifyBundle(text, by);

const root = makeCertificate({ subject: 'root', isCa: true, usage: 0x04 });
const between = makeCertificate({ subject: 'between', issuer: root, isCa: true, usage: 0x04, pathLength: 0 });
const leafPlan = { subject: 'signer', issuer: between, usage: 0x80, extendedUsage: [CODE_SIGNING] };
const leaf = makeCertificate(leafPlan);
const signedBy = ({ privateKey }: MadeCertificate, ...chain: MadeCertificate[]): string =>
  signStatement(statement, { privateKey, chain: chain.map(({ certificate }) => certificate) });
const rootTrust = { certificates: [root.certificate] };

describe('a signature by a key', () => {
  test('is accepted and tells what was signed', () => {
    expect(verifyBundle(bundle, trust)).toMatchObject({ method: 'key', statement });
  });

  test.each([
    ['prime256v1', 'sha256'],
    ['secp384r1', 'sha384'],
    ['secp521r1', 'sha512'],
  ])('on %s uses %s', (namedCurve, hash) => {
    const pair = generateKeyPairSync('ec', { namedCurve });
    const text = signStatement(statement, { ...pair, hash });
    expect(verifyBundle(text, pair).method).toBe('key');
    const other = signStatement(statement, { ...pair, hash: hash === 'sha256' ? 'sha512' : 'sha256' });
    expect(verifying(other, pair)).toThrow('does not belong');
  });

  test('may name its key by the digest of its PEM, and no other key', () => {
    const pem = key.publicKey.export({ type: 'spki', format: 'pem' });
    const hint = createHash('sha256').update(pem).digest('hex');
    expect(verifyBundle(signStatement(statement, { ...key, hint }), trust).method).toBe('key');
    expect(verifying(signStatement(statement, { ...key, hint: '0'.repeat(64) }))).toThrow('another key');
  });

  test('encodes type and body with their lengths', () => {
    expect(preAuthentication('a/b', Buffer.from('hé')).toString('utf8')).toBe('DSSEv1 3 a/b 3 hé');
  });
});

describe('an invalid signature is refused', () => {
  const changed = (change: (document: Record<string, never>) => void): string => {
    const document = JSON.parse(bundle) as Record<string, never>;
    change(document);
    return JSON.stringify(document);
  };
  const restated = (change: Record<string, unknown>): string => signStatement({ ...statement, ...change }, key);
  const resources = stateFiles(FILES);
  const predicate = statement['predicate'] as Statement['predicate'];

  test('by another key', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    expect(verifying(bundle, other)).toThrow('does not belong');
  });

  test('over a changed payload', () => {
    const other = Buffer.from(JSON.stringify(makeStatement(stateFiles({ a: 'evil' })))).toString('base64');
    const text = changed((document) => Object.assign(document['dsseEnvelope']!, { payload: other }));
    expect(verifying(text)).toThrow('does not belong');
  });

  test('with the payload type exchanged', () => {
    const text = changed((document) => Object.assign(document['dsseEnvelope']!, { payloadType: 'text/plain' }));
    expect(verifying(text)).toThrow('of the type text/plain');
  });

  test('with two signatures, or none', () => {
    for (const signatures of [[], [{ sig: 'AA==' }, { sig: 'AA==' }]]) {
      const text = changed((document) => Object.assign(document['dsseEnvelope']!, { signatures }));
      expect(verifying(text)).toThrow('no signature bundle');
    }
  });

  test.each(['', '{}', '[]', 'null', '{"mediaType":"text/plain"}', '\u0000'])('for %j', (text) => {
    expect(verifying(text)).toThrow('no signature bundle');
  });

  test('stating something else than a model', () => {
    for (const change of [{ predicateType: 'https://slsa.dev/provenance/v1' }, { _type: 'x' }, { subject: [] }])
      expect(verifying(restated(change))).toThrow('states no model');
  });

  test('whose subject is not the digest of its resources', () => {
    const subject = [{ name: 'model', digest: { sha256: '0'.repeat(64) } }];
    expect(verifying(restated({ subject }))).toThrow('not that of its resources');
  });

  test('with resources unsorted or named twice', () => {
    for (const order of [resources.toReversed(), [resources[0]!, resources[0]!]])
      expect(verifying(signStatement(makeStatement(order), key))).toThrow('not sorted');
  });

  test('whose names are sorted by UTF-16 instead of code points', () => {
    const names = ['\uFF5E', '\u{1F600}'];
    const stated = (order: string[]) => order.map((name) => ({ ...resources[0]!, name }));
    expect(verifyBundle(signStatement(makeStatement(stated(names)), key), trust).method).toBe('key');
    expect(verifying(signStatement(makeStatement(stated(names.toReversed())), key))).toThrow('not sorted');
  });

  test.each(['../evil', '/etc/passwd', 'a/../../b', 'a\\b', 'a//b', './a'])('that names %s', (name) => {
    expect(verifying(signStatement(makeStatement([{ ...resources[0]!, name }]), key))).toThrow('outside of the model');
    const ignoring = makeStatement(predicate.resources, { ignore_paths: [name] });
    expect(verifying(signStatement(ignoring, key))).toThrow('outside of the model');
  });

  test('by a keyless identity, with a clear word', () => {
    const text = changed((document) =>
      Object.assign(document['verificationMaterial']!, { certificate: { rawBytes: 'AA==' } }),
    );
    expect(verifying(text)).toThrow('sigstore identity');
    const logged = changed((document) => Object.assign(document['verificationMaterial']!, { tlogEntries: [{}] }));
    expect(verifying(logged)).toThrow('sigstore identity');
  });

  test('of the other method than the trust', () => {
    expect(verifying(bundle, rootTrust)).toThrow('not made with a certificate');
    expect(verifying(signedBy(leaf, leaf))).toThrow('not made with a bare key');
  });

  test('by a key that is no elliptic curve', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(verifying(signStatement(statement, rsa), rsa)).toThrow('curves');
  });
});

describe('a signature by a certificate', () => {
  const signedWith = (plan: Partial<Parameters<typeof makeCertificate>[0]>): string => {
    const made = makeCertificate({ ...leafPlan, ...plan });
    return signedBy(made, made, between);
  };

  test('is accepted when it leads to a trusted one', () => {
    expect(verifyBundle(signedBy(leaf, leaf, between), rootTrust)).toMatchObject({
      method: 'certificate',
      signer: { subject: 'CN=signer' },
    });
    expect(verifyBundle(signedBy(leaf, leaf), { certificates: [between.certificate] }).method).toBe('certificate');
    expect(verifyBundle(signedWith({ extendedUsage: undefined }), rootTrust).method).toBe('certificate');
  });

  test('is not trusted because of a root it brings along', () => {
    const own = makeCertificate({ subject: 'root', isCa: true, usage: 0x04 });
    const made = makeCertificate({ ...leafPlan, issuer: own });
    expect(verifying(signedBy(made, made, own), rootTrust)).toThrow('none of the trusted');
  });

  test('needs the whole way', () => {
    expect(verifying(signedBy(leaf, leaf), rootTrust)).toThrow('none of the trusted');
  });

  test('is refused when the key is not that of the certificate', () => {
    const other = makeCertificate(leafPlan);
    expect(verifying(signedBy(other, leaf, between), rootTrust)).toThrow('does not belong');
  });

  test.each([
    ['may not be used for signatures', { usage: 0x20 }],
    ['may not be used for signatures', { usage: undefined }],
    ['may not be used for signing code', { extendedUsage: ['2b06010505070301'] }],
    ['critical extension 2a0304', { hasUnknownExtension: true }],
  ])('is refused when it %s', (message, plan) => {
    expect(verifying(signedWith(plan), rootTrust)).toThrow(message);
  });

  test('is refused when the issuer is no authority', () => {
    const signer = makeCertificate({ subject: 'no authority', issuer: root, usage: 0x80 });
    const made = makeCertificate({ ...leafPlan, issuer: signer });
    expect(verifying(signedBy(made, made, signer), rootTrust)).toThrow(/may not issue|none of the trusted/);
  });

  test('is refused below more authorities than the issuer allows', () => {
    const deep = makeCertificate({ subject: 'deep', issuer: between, isCa: true, usage: 0x04 });
    const made = makeCertificate({ ...leafPlan, issuer: deep });
    expect(verifying(signedBy(made, made, deep, between), rootTrust)).toThrow('more certificates in between');
  });

  test('is refused when its issuer had ended before it began', () => {
    const ended = makeCertificate({ subject: 'ended', issuer: root, isCa: true, usage: 0x04, to: '240201000000Z' });
    const late = makeCertificate({ ...leafPlan, issuer: ended, from: '240301000000Z' });
    const early = makeCertificate({ ...leafPlan, issuer: ended, from: '240115000000Z' });
    expect(verifying(signedBy(late, late, ended), rootTrust)).toThrow('not valid when');
    expect(verifyBundle(signedBy(early, early, ended), rootTrust).method).toBe('certificate');
  });

  test('is refused when a certificate is no certificate', () => {
    const text = signedBy(leaf, leaf).replace(leaf.certificate.raw.toString('base64'), 'AAAA');
    expect(verifying(text, rootTrust)).toThrow('cannot be read');
  });

  test('reads extensions without trusting lengths', () => {
    expect([...readExtensions(leaf.certificate.raw).keys()]).toEqual(['551d0f', '551d25']);
    for (const hex of ['30', '3005', '308400000001', '3080', '30850000000001'])
      expect(() => readElements(Buffer.from(hex, 'hex'))).toThrow('no DER');
    const { raw } = leaf.certificate;
    for (let length = 0; length < raw.length; length += 7)
      expect(() => readExtensions(raw.subarray(0, length))).toThrow('no DER');
  });
});

describe('signed files', () => {
  let folder: string | undefined;
  afterEach(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true });
    folder = undefined;
  });

  const place = (files: Readonly<Record<string, string>>): string => {
    folder = mkdtempSync(join(tmpdir(), 'heptad-signed-'));
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return folder;
  };
  const problems = (where: string, stated: object = statement, ignored: string[] = []): string[] =>
    compareFiles(where, stated as Statement, new Set(ignored)).map(({ kind, path }: FileProblem) => `${kind} ${path}`);

  test('are silent when nothing changed', () => {
    expect(problems(place({ ...FILES, 'model.sig': 'x' }), statement, ['model.sig'])).toEqual([]);
    expect(problems(folder!, statement)).toEqual(['unsigned model.sig']);
  });

  test('are found changed, missing and added', () => {
    const where = place({ 'config.json': '{ }', 'weights/b.safetensors': 'tensors', 'weights/c.py': 'evil' });
    expect(problems(where)).toEqual(['changed config.json', 'missing weights/a.safetensors', 'unsigned weights/c.py']);
  });

  test('are not replaced by links', () => {
    const where = place({ ...FILES, other: '{}' });
    rmSync(join(where, 'config.json'));
    symlinkSync('other', join(where, 'config.json'));
    expect(problems(where)).toEqual(['unreadable config.json', 'unsigned other']);
  });

  test('may be left out by the signer only where the statement says so', () => {
    const stated = makeStatement(stateFiles(FILES), { ignore_paths: ['.git', 'notes.txt'] });
    const where = place({ ...FILES, '.git/HEAD': 'x', 'notes.txt': 'x', 'docs/notes.txt': 'x' });
    expect(problems(where, stated)).toEqual(['unsigned docs/notes.txt']);
  });

  test('are compared part by part, without gaps', () => {
    const part = (name: string, text: string) => ({
      name,
      digest: createHash('sha256').update(text).digest('hex'),
      algorithm: 'sha256-sharded-4',
    });
    const serialization = { method: 'shards', shard_size: 4 };
    const whole = makeStatement([part('w:0:4', 'abcd'), part('w:4:6', 'ef')], serialization);
    expect(problems(place({ w: 'abcdef' }), whole)).toEqual([]);
    writeFileSync(join(folder!, 'w'), 'abcdeX');
    expect(problems(folder!, whole)).toEqual(['changed w']);
    writeFileSync(join(folder!, 'w'), 'abcdefg');
    expect(problems(folder!, whole)).toEqual(['changed w']);
    const gap = makeStatement([part('w:0:2', 'ab'), part('w:4:6', 'ef')], serialization);
    expect(problems(folder!, gap)).toEqual(['changed w']);
  });

  test('hashed in a way this program does not have are refused', () => {
    const blake3 = makeStatement(stateFiles(FILES), { hash_type: 'blake3' });
    expect(() => problems(place(FILES), blake3)).toThrow('blake3');
    const digest = createHash('blake2b512').update('{}').digest('hex');
    const blake2 = makeStatement([{ name: 'a', digest, algorithm: 'blake2b' }], { hash_type: 'blake2b' });
    rmSync(folder!, { recursive: true });
    expect(problems(place({ a: '{}' }), blake2)).toEqual([]);
  });

  test('lead to the digest of the subject', () => {
    expect(rootDigest([{ digest: '00' }, { digest: 'ff' }])).toBe(
      createHash('sha256')
        .update(Buffer.from([0, 255]))
        .digest('hex'),
    );
  });
});

test('a signature is recognised in a scan by what it states', () => {
  expect(isModelSignature(JSON.parse(bundle))).toBe(true);
  const other = signStatement({ ...statement, predicateType: 'https://slsa.dev/provenance/v1' }, key);
  for (const value of [JSON.parse(other), null, [], { mediaType: 'x', dsseEnvelope: null }, { dsseEnvelope: {} }])
    expect(isModelSignature(value)).toBe(false);
});
