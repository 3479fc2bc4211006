import { type PayloadCommitment, PayloadHash, SALT_BYTES } from '../payload-digest';
import type { Findings } from '../verify/verdict';
import { type ByteSource, bytesSource, piecesOf } from './byte-source';
import type { Commitments } from './check-entries';
import { type Opening, payloadName } from './manifest';
import type { OpenedPack } from './open-pack';

/** Checks each disclosed payload against the digest in its entry. Payloads that are withheld or erased are no fault. */
export function checkPayloads(pack: OpenedPack, commitments: Commitments, findings: Findings): void {
  const { source, manifest } = pack;
  const salts = source.open('salts') ?? bytesSource(new Uint8Array(0));
  manifest.openings.forEach((opening, i) => {
    const salt = saltAt(salts, i);
    const content = source.open(payloadName(opening));
    const commitment = commitments.get(opening.seq)?.[opening.item] ?? null;
    const problem = problemOf(opening, commitment, salt, content);
    if (problem === null) findings.checked.payloads += 1;
    else findings.add('payloads', opening.seq, `Payload ${opening.item} of entry ${opening.seq}: ${problem}.`);
  });
  if (salts.size > manifest.openings.length * SALT_BYTES) {
    findings.add('payloads', manifest.end, 'There are more salts than payloads.');
  }
}

function problemOf(
  opening: Opening,
  commitment: PayloadCommitment | null,
  salt: Uint8Array | null,
  content: ByteSource | null,
): string | null {
  if (commitment === null) return 'the entry says nothing of it';
  if (salt === null || content === null) return 'its salt or its content is missing';
  if (content.size !== opening.size) return 'it does not have the size that the manifest gives';
  const hash = new PayloadHash(salt);
  for (const piece of piecesOf(content)) hash.update(piece);
  return hash.opens(commitment) ? null : 'it is not the one that was logged';
}

function saltAt(salts: ByteSource, i: number): Uint8Array | null {
  if ((i + 1) * SALT_BYTES > salts.size) return null;
  const salt = Buffer.alloc(SALT_BYTES);
  salts.readInto(salt, i * SALT_BYTES);
  return salt;
}
