import { X509Certificate } from 'node:crypto';
import { type CertificateExtension, DerError, readElements, readExtensions } from './der';

export class ChainError extends Error {}

const MAX_CERTIFICATES = 10;
const KEY_USAGE = '551d0f';
const BASIC_CONSTRAINTS = '551d13';
const EXTENDED_KEY_USAGE = '551d25';
const SUBJECT_NAMES = '551d11';
/** What this verifier understands; RFC 5280, 4.2 asks to refuse every other critical extension. */
const UNDERSTOOD = new Set([KEY_USAGE, BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE, SUBJECT_NAMES]);
const CODE_SIGNING = '2b06010505070303';
const ANY_USAGE = '551d2500';
const DIGITAL_SIGNATURE = 0x80;
const CERTIFICATE_SIGNING = 0x04;

/**
 * Checks that a signing certificate leads to one of the trusted ones, at the time it was issued: a bundle of this method
 * proves no time of signing, so later expiry says nothing about the signature. Answers the signing certificate.
 *
 * @param chain the signing certificate first, then the ones between, in any order.
 * @throws ChainError saying what does not fit; Error of node:crypto for certificates it cannot read.
 */
export function verifyChain(chain: readonly Uint8Array[], trusted: readonly X509Certificate[]): X509Certificate {
  if (chain.length === 0 || chain.length > MAX_CERTIFICATES)
    throw new ChainError(`the bundle holds ${chain.length} certificates`);
  const [signing, ...between] = chain.map((bytes) => new X509Certificate(bytes));
  const extensions = extensionsOf(signing!);
  if ((usageOf(extensions) & DIGITAL_SIGNATURE) === 0)
    throw new ChainError('the certificate may not be used for signatures');
  if (!isForCode(extensions.get(EXTENDED_KEY_USAGE)))
    throw new ChainError('the certificate may not be used for signing code');
  const at = Date.parse(signing!.validFrom);
  let current = signing!;
  for (let below = 0; below <= MAX_CERTIFICATES; below += 1) {
    const anchor = trusted.find((one) => isIssuer(one, current));
    const issuer = anchor ?? between.find((one) => one !== current && isIssuer(one, current));
    if (issuer === undefined) throw new ChainError('the certificate leads to none of the trusted ones');
    checkIssuer(issuer, at, below);
    if (anchor !== undefined) return signing!;
    current = issuer;
  }
  throw new ChainError('the certificates go round in a circle');
}

const isIssuer = (issuer: X509Certificate, subject: X509Certificate): boolean =>
  subject.checkIssued(issuer) && subject.verify(issuer.publicKey);

/** `below` counts the certificates between this issuer and the signing certificate. */
function checkIssuer(issuer: X509Certificate, at: number, below: number): void {
  const extensions = extensionsOf(issuer);
  const mayIssue = issuer.ca && (!extensions.has(KEY_USAGE) || (usageOf(extensions) & CERTIFICATE_SIGNING) !== 0);
  if (!mayIssue) throw new ChainError('a certificate was issued by one that may not issue any');
  if (below > pathLengthOf(extensions.get(BASIC_CONSTRAINTS)))
    throw new ChainError('there are more certificates in between than the issuer allows');
  if (at < Date.parse(issuer.validFrom) || at > Date.parse(issuer.validTo))
    throw new ChainError('an issuer was not valid when it issued the certificate');
}

function extensionsOf(certificate: X509Certificate): Map<string, CertificateExtension> {
  const extensions = readExtensions(certificate.raw);
  for (const [name, { isCritical }] of extensions)
    if (isCritical && !UNDERSTOOD.has(name)) throw new ChainError(`the critical extension ${name} is not supported`);
  return extensions;
}

/** First byte of the key usage bits; 0 without the extension. */
function usageOf(extensions: ReadonlyMap<string, CertificateExtension>): number {
  const extension = extensions.get(KEY_USAGE);
  return extension === undefined ? 0 : (readElements(extension.value)[0]?.content[1] ?? 0);
}

function isForCode(extension: CertificateExtension | undefined): boolean {
  if (extension === undefined) return true;
  const [list] = readElements(extension.value);
  if (list === undefined) throw new DerError();
  return readElements(list.content).some(({ content }) =>
    [CODE_SIGNING, ANY_USAGE].includes(Buffer.from(content).toString('hex')),
  );
}

/** How many certificates may stand below the issuer's own ones; without a limit, any number. */
function pathLengthOf(extension: CertificateExtension | undefined): number {
  if (extension === undefined) return Number.POSITIVE_INFINITY;
  const [list] = readElements(extension.value);
  const length = readElements(list?.content ?? new Uint8Array()).find(({ tag }) => tag === 0x02)?.content;
  return length === undefined ? Number.POSITIVE_INFINITY : length.reduce((sum, byte) => sum * 256 + byte, 0);
}
