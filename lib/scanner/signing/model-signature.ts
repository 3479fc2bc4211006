import { createHash, type KeyObject, verify, type X509Certificate } from 'node:crypto';
import type { z } from 'zod';
import { bundleSchema, statementSchema } from './bundle-schema';
import { ChainError, verifyChain } from './certificate-chain';

export type Statement = z.infer<typeof statementSchema>;
type Bundle = z.infer<typeof bundleSchema>;

/** What the verifier trusts: one public key, or certificates that may issue signing certificates. */
export type Trust = { publicKey: KeyObject } | { certificates: readonly X509Certificate[] };

export interface VerifiedSignature {
  statement: Statement;
  method: 'key' | 'certificate';
  /** The certificate's subject and end of validity. */
  signer?: { subject: string; validTo: string };
}

/** The signature is not one that this trust accepts; the message says why. */
export class SignatureError extends Error {}

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const HASH_OF_CURVE: Readonly<Record<string, string>> = {
  prime256v1: 'sha256',
  secp384r1: 'sha384',
  secp521r1: 'sha512',
};

/**
 * Verifies an OpenSSF Model Signing 1.0 bundle with a key or certificates and answers what it states. Digests of files are
 * not looked at yet. Keyless identities (the method `sigstore`) need a transparency log and are refused.
 *
 * @throws SignatureError for anything that does not fit.
 */
export function verifyBundle(text: string, trust: Trust): VerifiedSignature {
  const bundle = parse(() => bundleSchema.parse(JSON.parse(text)), 'it is no signature bundle');
  const { payload, payloadType, signatures } = bundle.dsseEnvelope;
  if (payloadType !== PAYLOAD_TYPE) throw new SignatureError(`the payload is of the type ${payloadType}`);
  const body = Buffer.from(payload, 'base64');
  const { key, ...identity } = signingKey(bundle, trust);
  const hash = HASH_OF_CURVE[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (key.asymmetricKeyType !== 'ec' || hash === undefined)
    throw new SignatureError('the key is none of the curves P-256, P-384 and P-521');
  const signature = Buffer.from(signatures[0]!.sig, 'base64');
  if (!verify(hash, preAuthentication(payloadType, body), key, signature))
    throw new SignatureError('the signature does not belong to the content and the key');
  const statement = parse(() => statementSchema.parse(JSON.parse(body.toString('utf8'))), 'it states no model 1.0');
  checkStatement(statement);
  return { statement, ...identity };
}

/** DSSE 1.0: type and body with their lengths, so that neither can be taken for the other. */
export function preAuthentication(type: string, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `), body]);
}

/** The subject's digest: SHA-256 over the digests of all resources in their order. */
export function rootDigest(resources: readonly { digest: string }[]): string {
  const hash = createHash('sha256');
  for (const { digest } of resources) hash.update(Buffer.from(digest, 'hex'));
  return hash.digest('hex');
}

function signingKey(
  { verificationMaterial: material }: Bundle,
  trust: Trust,
): { key: KeyObject } & Omit<VerifiedSignature, 'statement'> {
  if (material.certificate !== undefined || (material.tlogEntries ?? []).length > 0)
    throw new SignatureError('it was made with a sigstore identity, which this command does not verify');
  if ('publicKey' in trust) {
    if (material.publicKey === undefined) throw new SignatureError('it was not made with a bare key');
    checkHint(material.publicKey.hint, trust.publicKey);
    return { key: trust.publicKey, method: 'key' };
  }
  if (material.x509CertificateChain === undefined) throw new SignatureError('it was not made with a certificate');
  const chain = material.x509CertificateChain.certificates.map(({ rawBytes }) => Buffer.from(rawBytes, 'base64'));
  try {
    const { publicKey, subject, validTo } = verifyChain(chain, trust.certificates);
    return { key: publicKey, method: 'certificate', signer: { subject, validTo } };
  } catch (error) {
    throw new SignatureError(error instanceof ChainError ? error.message : 'a certificate cannot be read');
  }
}

/** The hint is a digest of the key's PEM; another digest means the bundle was made with another key. */
function checkHint(hint: string | undefined, key: KeyObject): void {
  if (hint === undefined || !/^[0-9a-f]{64}$/.test(hint)) return;
  const forms = [key.export({ type: 'spki', format: 'pem' }), key.export({ type: 'spki', format: 'der' })];
  const isSame = forms.some((form) => createHash('sha256').update(form).digest('hex') === hint);
  if (!isSame) throw new SignatureError('it was made with another key');
}

function checkStatement({ subject, predicate: { serialization, resources } }: Statement): void {
  const names = resources.map(({ name }) => name);
  const isSorted = names.every((name, index) => index === 0 || compareCodePoints(names[index - 1]!, name) < 0);
  if (!isSorted) throw new SignatureError('its resources are not sorted, or one is named twice');
  const wrong = [...names, ...(serialization.ignore_paths ?? [])].find((name) => !isInside(name));
  if (wrong !== undefined) throw new SignatureError(`it names ${wrong}, which lies outside of the model`);
  if (subject[0]!.digest.sha256 !== rootDigest(resources))
    throw new SignatureError('its digest is not that of its resources');
}

/** By code points, which differs from UTF-16 order beyond the basic plane; UTF-8 bytes have the same order. */
const compareCodePoints = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const isInside = (name: string): boolean =>
  !name.includes('\\') && !name.includes('\0') && name.split('/').every((part) => !['', '.', '..'].includes(part));

function parse<T>(read: () => T, message: string): T {
  try {
    return read();
  } catch {
    // What exactly is wrong with a foreign file helps nobody; that it is wrong decides.
    throw new SignatureError(message);
  }
}
