import { canonicalJson } from '../canonical-json';
import { formatCheckpoint } from '../note/checkpoint';
import { cosign } from '../note/cosignature';
import { formatNote, signText } from '../note/signed-note';
import { COSIGNATURE_V1, type Signer, signer } from '../note/verifier-key';
import { commitPayload } from '../payload-digest';
import { NaiveTree } from './naive-tree';
import { SeededRandom } from './random';

export const ORIGIN = 'heptad.example/agent-audit/acme';
export const logSigner = signer(ORIGIN, Buffer.alloc(32, 1));
export const witnessSigner = signer('witness.example/w1', Buffer.alloc(32, 2), COSIGNATURE_V1);

/** A payload beside an event. */
export interface SamplePayload {
  readonly seq: number;
  readonly item: number;
  readonly salt: Buffer;
  readonly content: Buffer;
}

/** A log in memory: events as the product writes them, every third with payloads. */
export interface SampleLog {
  readonly entries: readonly Buffer[];
  readonly payloads: readonly SamplePayload[];
  readonly tree: NaiveTree;
}

export function sampleLog(size: number, seed = 7): SampleLog {
  const random = new SeededRandom(seed);
  const payloads: SamplePayload[] = [];
  const entries = Array.from({ length: size }, (_, seq) => {
    const own = Array.from({ length: seq % 3 === 0 ? 1 + (seq % 2) : 0 }, (_, item) => {
      return { seq, item, salt: random.bytes(32), content: random.bytes(random.between(0, 300)) };
    });
    payloads.push(...own);
    const payload = own.map(({ content, salt }) => ({
      ...commitPayload(content, salt),
      role: 'request',
      stored: true,
    }));
    const note = 'x'.repeat(random.between(0, 120));
    return Buffer.from(canonicalJson({ v: 1, id: `event-${seq}`, kind: 'decision', note, payload }));
  });
  return { entries, payloads, tree: NaiveTree.ofEntries(entries) };
}

/** A log of short entries without payloads, for when only the number counts. */
export function plainLog(size: number): SampleLog {
  const entries = Array.from({ length: size }, (_, seq) => Buffer.from(`${seq}`));
  return { entries, payloads: [], tree: NaiveTree.ofEntries(entries) };
}

/** The signed checkpoint of the first `size` entries. */
export function sampleNote(
  { tree }: SampleLog,
  size: number,
  by: readonly Signer[] = [logSigner, witnessSigner],
): Buffer {
  const text = formatCheckpoint({ origin: ORIGIN, size, root: tree.mth(0, size), extensions: [] });
  const signatures = by.map((one) =>
    one.key.type === COSIGNATURE_V1 ? cosign(text, 1_767_225_600, one) : signText(text, one),
  );
  return Buffer.from(formatNote({ text, signatures }));
}
