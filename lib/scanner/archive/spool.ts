import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bufferSource, type ByteSource, descriptorSource } from '../byte-source';
import type { ScanContext } from '../scan-context';

/** Up to this much stays in memory; the rest goes to an unlinked file, so that memory stays constant. */
const IN_MEMORY = 1 << 22;

/** Takes inflated bytes, watches how many there are, and hands them out as a source. */
export class Spool {
  size = 0;
  private chunks: Uint8Array[] = [];
  private descriptor: number | undefined;
  private hasBombFinding = false;
  private hasEnough = false;

  constructor(
    private readonly context: ScanContext,
    /** Bytes the content takes in its archive. */
    private readonly storedBytes: number,
  ) {}

  /** False once no more is wanted: a limit was reached, which is reported, or the time is up. */
  write(chunk: Uint8Array): boolean {
    if (this.hasEnough) return false;
    this.size += chunk.length;
    if (this.descriptor === undefined && this.size <= IN_MEMORY) this.chunks.push(Uint8Array.from(chunk));
    else writeAll(this.file(), chunk);
    this.hasEnough = this.isBomb();
    return !this.isFull;
  }

  /** No more is wanted. */
  get isFull(): boolean {
    return this.hasEnough || this.context.isExpired();
  }

  /** The bytes so far; closing the source frees them. */
  source(): ByteSource {
    if (this.descriptor === undefined) return bufferSource(Buffer.concat(this.chunks));
    const { descriptor } = this;
    this.descriptor = undefined;
    return descriptorSource(descriptor);
  }

  discard(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
    this.chunks = [];
  }

  private isBomb(): boolean {
    const { inflatedBytes, ratio, ratioFloorBytes } = this.context.limits;
    const isDense = this.size <= ratioFloorBytes || this.size <= ratio * Math.max(1, this.storedBytes);
    if (!isDense && !this.hasBombFinding) {
      this.hasBombFinding = true;
      const message = `Inflates to more than ${ratio} times its size`;
      this.context.report({ ruleId: 'ARC-001', severity: 'MEDIUM', message });
    }
    if (this.size <= inflatedBytes) return false;
    this.context.markIncomplete();
    if (isDense) this.context.reportLimit(`Only the first ${inflatedBytes} inflated bytes are looked at`);
    else
      this.context.report({
        ruleId: 'ARC-001',
        message: `Inflates to more than ${inflatedBytes} bytes`,
        identity: 'huge',
      });
    return true;
  }

  private file(): number {
    if (this.descriptor === undefined) {
      const path = join(tmpdir(), `heptad-scan-${randomBytes(12).toString('hex')}`);
      this.descriptor = openSync(path, 'wx+', 0o600);
      unlinkSync(path);
      for (const chunk of this.chunks) writeAll(this.descriptor, chunk);
      this.chunks = [];
    }
    return this.descriptor;
  }
}

function writeAll(descriptor: number, chunk: Uint8Array): void {
  for (let written = 0; written < chunk.length;) written += writeSync(descriptor, chunk, written);
}
