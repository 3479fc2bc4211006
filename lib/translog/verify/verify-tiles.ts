import { LogFormatError } from '../format-error';
import type { Checkpoint } from '../note/checkpoint';
import { MAX_NOTE_BYTES } from '../note/signed-note';
import { parseVerifierKey, type VerifierKey } from '../note/verifier-key';
import { hashEquals } from '../tree/hash';
import { findFirstBad } from './find-first-bad';
import { provenRootAt } from './proven-tiles';
import { readLog } from './read-log';
import { KEYS_PATH, type TileSource } from './tile-source';
import { namesLogKeys, openCheckpoint, type Trust } from './trust';
import { Findings, type OnProgress, type Verdict } from './verdict';

/**
 * Verifies a whole log: the checkpoint's signatures, the root recomputed from every entry, and every tile.
 *
 * @returns a verdict, whatever the log holds. Only errors of the source itself (no network, no disk) are thrown.
 */
export async function verifyTiles(source: TileSource, trust: Trust, onProgress?: OnProgress): Promise<Verdict> {
  const findings = new Findings(namesLogKeys(trust));
  const offered = namesLogKeys(trust) ? [] : await offeredKeys(source, findings);
  const note = await source.read('checkpoint', MAX_NOTE_BYTES);
  const opened = note === null ? 'it is missing' : openCheckpoint(note, offered, trust, false);
  if (typeof opened === 'string') {
    findings.add('checkpoint', 0, `Checkpoint: ${opened}.`);
    return findings.verdict();
  }
  const { checkpoint, signedBy, unnamed } = opened;
  findings.checkpoint = checkpoint;
  findings.signedBy = signedBy;
  findings.unnamed = unnamed;
  findings.end = checkpoint.size;
  const knownInside = isInside(trust.known, checkpoint) ? trust.known : null;
  const log = await readLog(source, checkpoint.size, knownInside?.size ?? null, onProgress);
  if (log.size === checkpoint.size && hashEquals(log.root, checkpoint.root)) {
    findings.checked.entries = checkpoint.size;
    const damage = log.firstDamage;
    if (damage) findings.add('hashes', damage.position, `${damage.path} is damaged or missing; the entries are whole.`);
    checkGrowth(checkpoint, trust.known, log.rootAtStop, findings);
  } else {
    const bad = await findFirstBad(source, checkpoint, log);
    const isProven = knownInside !== null && knownInside.size <= bad.position;
    // Bad entries say nothing against the log: its root at that size then comes from tiles, as far as these count.
    const fromTiles = knownInside && !isProven ? await provenRootAt(source, checkpoint, knownInside.size) : null;
    const rootAtKnown = isProven ? log.rootAtStop : fromTiles;
    // Where nothing is proven of the entries, the kept checkpoint vouches for those that it was made of.
    const vouched = rootAtKnown ?? knownInside?.root ?? null;
    const isVouched = vouched !== null && log.rootAtStop !== null && hashEquals(log.rootAtStop, vouched);
    const position = Math.max(bad.position, isVouched ? knownInside!.size : 0);
    findings.checked.entries = position;
    findings.add('entries', position, bad.message);
    checkGrowth(checkpoint, trust.known, rootAtKnown, findings);
  }
  return findings.verdict();
}

function isInside(known: Checkpoint | null, { origin, size }: Checkpoint): boolean {
  return known !== null && known.origin === origin && known.size <= size;
}

/**
 * Compares with a checkpoint that the person who verifies has kept.
 *
 * @param rootAtKnown the signed log's root at that size; null where nothing proves one.
 */
function checkGrowth(
  checkpoint: Checkpoint,
  known: Checkpoint | null,
  rootAtKnown: Uint8Array | null,
  findings: Findings,
): void {
  if (known === null || known.size === 0) return;
  if (known.origin !== checkpoint.origin) {
    findings.add('history', 0, `The checkpoint you kept is of another log, ${known.origin}.`);
  } else if (known.size > checkpoint.size) {
    findings.add('history', checkpoint.size, `The log has been rolled back: you know ${known.size} entries.`);
  } else if (rootAtKnown !== null && !hashEquals(rootAtKnown, known.root)) {
    findings.add('history', 0, `The first ${known.size} entries are not those you know.`);
  }
}

async function offeredKeys(source: TileSource, findings: Findings): Promise<VerifierKey[]> {
  const bytes = await source.read(KEYS_PATH, MAX_NOTE_BYTES);
  const lines = Buffer.from(bytes ?? [])
    .toString('utf8')
    .split('\n');
  try {
    return lines.filter((line) => line !== '').map(parseVerifierKey);
  } catch (error) {
    if (!(error instanceof LogFormatError)) throw error;
    findings.add('checkpoint', 0, `${KEYS_PATH}: ${error.message}.`);
    return [];
  }
}
