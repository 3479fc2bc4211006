import { hashEquals } from '../tree/hash';
import type { Checkpoint } from '../note/checkpoint';
import { namesLogKeys, type Trust } from '../verify/trust';
import { Findings, type OnProgress, type Verdict } from '../verify/verdict';
import type { ByteSource } from './byte-source';
import { checkEntries, type EntriesChecked } from './check-entries';
import { checkFiles } from './check-files';
import { checkHistory } from './check-history';
import { checkPayloads } from './check-payloads';
import { memberNames } from './manifest';
import { hasUnusedKey, type OpenedPack, openPack, type PackSource } from './open-pack';
import { readTar } from './tar';

/**
 * Verifies a pack: signatures, proofs, every entry, every disclosed payload, every attached file and the container.
 *
 * @returns a verdict, whatever the pack holds. Only errors of the source itself (a disk that cannot be read) are thrown.
 */
export function verifyPack(source: PackSource, trust: Trust, onProgress?: OnProgress): Verdict {
  const findings = new Findings(namesLogKeys(trust));
  const pack = openPack(source, trust, findings);
  if (pack === null) return findings.verdict();
  const { manifest, keys } = pack;
  const { checkpoints, signedBy } = checkHistory(pack, trust, findings);
  if (hasUnusedKey(keys, [...findings.signedBy, ...signedBy])) {
    findings.add('manifest', manifest.start, 'The manifest lists a key that signed nothing.');
  }
  const { known } = trust;
  const earlier = known === null ? checkpoints : [...checkpoints, known];
  const checked = checkEntries(pack, earlier, findings, onProgress);
  if (known !== null) checkGrowth(pack, known, checkpoints, checked, findings);
  checkPayloads(pack, checked.commitments, findings);
  checkFiles(pack, findings);
  const fault = source.faultOf(memberNames(manifest));
  if (fault !== null) findings.add('structure', manifest.end, `Container: ${fault}.`);
  return findings.verdict();
}

/** A pack in one tar archive. */
export function tarPack(archive: ByteSource): PackSource {
  const { members, fault } = readTar(archive);
  return {
    open: (name) => members.get(name) ?? null,
    faultOf: (names) => {
      const isAsListed = [...members.keys()].join('\n') === names.join('\n');
      return fault ?? (isAsListed ? null : 'its members are not those that the manifest lists, in their order');
    },
  };
}

/**
 * Compares with a checkpoint that the person who verifies has kept. A fork is a grave thing to say of a log: it is said
 * only where proven data contradicts that checkpoint, never because of entries that are bad themselves.
 */
function checkGrowth(
  { checkpoint, manifest }: OpenedPack,
  known: Checkpoint,
  history: readonly Checkpoint[],
  { reached, comparableTo }: EntriesChecked,
  findings: Findings,
): void {
  const { start, end } = manifest;
  const same = [...history, checkpoint].find(({ size }) => size === known.size);
  const isInside = known.size > start && known.size <= end;
  if (known.origin !== checkpoint.origin) {
    findings.add('history', start, `The checkpoint you kept is of another log, ${known.origin}.`);
  } else if (known.size > checkpoint.size) {
    findings.add('history', end, `The log has been rolled back: you know ${known.size} entries.`);
  } else if (known.size === 0) {
    return;
  } else if (same === undefined && !isInside) {
    findings.add('history', start, `The pack has no proof that the log grew from the ${known.size} entries you know.`);
  } else if (
    same === undefined ? known.size <= comparableTo && !reached.has(known) : !hashEquals(same.root, known.root)
  ) {
    findings.add('history', start, `The log has been forked: its first ${known.size} entries are not those you know.`);
  }
}
