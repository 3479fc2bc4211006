/** One element of DER (ITU-T X.690): its tag and what it holds. */
export interface DerElement {
  tag: number;
  content: Uint8Array;
}

export class DerError extends Error {
  constructor() {
    super('the certificate is no DER');
  }
}

/** The elements that stand one after the other in `bytes`. Throws DerError for lengths that do not fit. */
export function readElements(bytes: Uint8Array): DerElement[] {
  const elements: DerElement[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const { length, start } = readLength(bytes, offset + 1);
    if (start + length > bytes.length) throw new DerError();
    elements.push({ tag: bytes[offset]!, content: bytes.subarray(start, start + length) });
    offset = start + length;
  }
  return elements;
}

/** Short form below 128, else the number of length bytes first; four of them are more than any certificate needs. */
function readLength(bytes: Uint8Array, offset: number): { length: number; start: number } {
  const first = bytes[offset];
  if (first === undefined) throw new DerError();
  if (first < 0x80) return { length: first, start: offset + 1 };
  const count = first & 0x7f;
  if (count === 0 || count > 4 || offset + count >= bytes.length) throw new DerError();
  let length = 0;
  for (let index = 1; index <= count; index += 1) length = length * 256 + bytes[offset + index]!;
  return { length, start: offset + 1 + count };
}

export interface CertificateExtension {
  isCritical: boolean;
  /** The DER inside the extension's octet string. */
  value: Uint8Array;
}

const SEQUENCE = 0x30;
const EXTENSIONS = 0xa3;
const BOOLEAN = 0x01;

/** Extensions of an X.509 certificate (RFC 5280, 4.1) by object identifier in hexadecimal. Throws DerError. */
export function readExtensions(certificate: Uint8Array): Map<string, CertificateExtension> {
  const [outer] = readElements(certificate);
  const [body] = readElements(outer?.content ?? new Uint8Array());
  if (outer?.tag !== SEQUENCE || body?.tag !== SEQUENCE) throw new DerError();
  const extensions = new Map<string, CertificateExtension>();
  const holder = readElements(body.content).find(({ tag }) => tag === EXTENSIONS);
  if (holder === undefined) return extensions;
  const [list] = readElements(holder.content);
  for (const { content } of readElements(list?.content ?? new Uint8Array())) {
    const parts = readElements(content);
    const [identifier, value] = [parts[0], parts.at(-1)];
    if (identifier === undefined || value === undefined || parts.length < 2) throw new DerError();
    const name = Buffer.from(identifier.content).toString('hex');
    // RFC 5280, 4.2: a certificate must not hold an extension twice; a second one could contradict the first.
    if (extensions.has(name)) throw new DerError();
    const isCritical = parts.length === 3 && parts[1]!.tag === BOOLEAN && parts[1]!.content[0] !== 0;
    extensions.set(name, { isCritical, value: value.content });
  }
  return extensions;
}
