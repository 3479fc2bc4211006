import { inspect, type Inspection, SAMPLE_BYTES } from './inspect';
import { checkPackage, type PackageProblem, TAIL_BYTES } from './package-check';

/** Why a file was not taken; nothing of it is kept. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile';

  constructor(
    readonly problem: 'too-large' | PackageProblem | Extract<Inspection, { ok: false }>['problem'],
    readonly found: string,
  ) {
    super(`${problem}: ${found}`);
  }
}

/** Password-protected office files keep their content in a stream of this name; other old containers are refused. */
const PROTECTED_MARK = Buffer.from('EncryptedPackage', 'utf16le');

/** Looks at a file while it passes: its first bytes before any of it goes on, its last ones before the last goes on. */
export class Inspector {
  mediaType = '';
  readonly #fileName: string;
  #kind: Extract<Inspection, { ok: true }>['container'] | undefined;
  #sample: Buffer | null = Buffer.alloc(0);
  readonly #tail = new Tail();
  #isProtected = false;

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  async *pass(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
    if (this.#sample === null) {
      this.#watch(chunk);
      yield chunk;
      return;
    }
    this.#sample = Buffer.concat([this.#sample, chunk]);
    if (this.#sample.byteLength >= SAMPLE_BYTES) yield await this.#judge(this.#sample);
  }

  /** @throws RefusedFile when the end shows that the file is not what its beginning promised. */
  async *end(size: number): AsyncGenerator<Uint8Array> {
    if (this.#sample !== null) yield await this.#judge(this.#sample);
    if (this.#kind === 'cfb' && !this.#isProtected) throw new RefusedFile('disguised', 'application/x-cfb');
    if (this.#kind !== 'zip') return;
    const problem = checkPackage(this.#fileName, this.#tail.bytes(), size);
    if (problem) throw new RefusedFile(problem, 'application/zip');
  }

  async #judge(sample: Buffer): Promise<Uint8Array> {
    const inspection = await inspect(this.#fileName, sample.subarray(0, SAMPLE_BYTES));
    if (!inspection.ok) throw new RefusedFile(inspection.problem, inspection.found);
    this.mediaType = inspection.mediaType;
    this.#kind = inspection.container;
    this.#sample = null;
    this.#watch(sample);
    return sample;
  }

  #watch(chunk: Uint8Array): void {
    if (this.#kind === 'cfb') this.#isProtected ||= this.#tail.with(chunk).includes(PROTECTED_MARK);
    if (this.#kind !== undefined) this.#tail.push(chunk);
  }
}

/** The last bytes of what was pushed: at least TAIL_BYTES of them, when there were as many. */
class Tail {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.byteLength;
    for (let first = this.#chunks[0]!; this.#length - first.byteLength >= TAIL_BYTES; first = this.#chunks[0]!) {
      this.#chunks.shift();
      this.#length -= first.byteLength;
    }
  }

  /** The next chunk behind the end of the one before, so that a mark on the seam is seen. */
  with(chunk: Uint8Array): Buffer {
    const before = this.#chunks.at(-1) ?? new Uint8Array();
    return Buffer.concat([before.subarray(-PROTECTED_MARK.length), chunk]);
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks, this.#length);
  }
}
