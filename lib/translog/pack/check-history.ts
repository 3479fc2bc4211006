import { LogFormatError } from '../format-error';
import { parseHashLines, splitAtEmptyLine } from '../note/hash-lines';
import { MAX_NOTE_BYTES } from '../note/signed-note';
import type { Checkpoint } from '../note/checkpoint';
import type { VerifierKey } from '../note/verifier-key';
import { verifyConsistency } from '../tree/consistency';
import { openCheckpoint, type OpenedCheckpoint, type Trust } from '../verify/trust';
import type { Findings } from '../verify/verdict';
import { historyName } from './manifest';
import { memberBytes, type OpenedPack } from './open-pack';

/** Earlier checkpoints whose signatures are good. */
export interface OpenedHistory {
  readonly checkpoints: readonly Checkpoint[];
  readonly signedBy: readonly VerifierKey[];
}

/**
 * Checks the earlier checkpoints of a pack: signed by the same log, and the later tree grown from each.
 * Two good signatures over trees of which neither contains the other are the proof of a fork.
 */
export function checkHistory(pack: OpenedPack, trust: Trust, findings: Findings): OpenedHistory {
  const opened: OpenedCheckpoint[] = [];
  for (const size of pack.manifest.history) {
    const old = openEntry(pack, trust, size);
    if (typeof old === 'string') {
      findings.add('history', pack.manifest.start, `Checkpoint of size ${size}: ${old}.`);
    } else {
      opened.push(old);
      findings.checked.history += 1;
    }
  }
  return {
    checkpoints: opened.map(({ checkpoint }) => checkpoint),
    signedBy: opened.flatMap(({ signedBy }) => signedBy),
  };
}

function openEntry(pack: OpenedPack, trust: Trust, size: number): OpenedCheckpoint | string {
  const { source, keys, checkpoint: now } = pack;
  try {
    const { lines, note } = splitAtEmptyLine(memberBytes(source, historyName(size), 2 * MAX_NOTE_BYTES));
    const proof = parseHashLines(lines);
    // A quorum speaks about the checkpoint that counts today; older ones may have fewer witnesses, but the same log.
    const policy = trust.policy && { ...trust.policy, isQuorum: () => true };
    const opened = openCheckpoint(note, keys, { ...trust, policy }, true);
    if (typeof opened === 'string') return opened;
    const { checkpoint: old } = opened;
    if (old.origin !== now.origin || old.size !== size) return 'it is not the one the manifest lists';
    if (verifyConsistency(old.size, old.root, now.size, now.root, proof)) return opened;
    return 'the log signed it, but its tree did not grow from it, or the proof of that is damaged';
  } catch (error) {
    if (error instanceof LogFormatError) return error.message;
    throw error;
  }
}
