import { createHash } from 'node:crypto';
import type { Findings } from '../verify/verdict';
import { type ByteSource, piecesOf } from './byte-source';
import { type AttachedFile, fileName } from './manifest';
import type { OpenedPack } from './open-pack';

/**
 * Checks the attached files against the manifest. This finds damage. That a file is the one meant is only
 * proven where an entry of the log holds its digest, or the manifest's.
 */
export function checkFiles({ source, manifest }: OpenedPack, findings: Findings): void {
  for (const file of manifest.files) {
    const content = source.open(fileName(file));
    if (content !== null && isFile(file, content)) findings.checked.files += 1;
    else findings.add('files', manifest.end, `File ${file.path} is missing or is not the one in the manifest.`);
  }
}

function isFile({ size, sha256 }: AttachedFile, content: ByteSource): boolean {
  if (content.size !== size) return false;
  const hash = createHash('sha256');
  for (const piece of piecesOf(content)) hash.update(piece);
  return hash.digest('hex') === sha256;
}
