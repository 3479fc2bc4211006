import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * A digest of the names and contents of files, so that "older than the sources" does not depend on file times,
 * which a checkout or a copy changes.
 *
 * @param {string} root folder that the names are relative to
 * @param {readonly string[]} entries files, or folders that are walked; missing ones count as absent
 * @param {(name: string) => boolean} [wanted] filter on the relative names of files
 */
export function fingerprint(root, entries, wanted = () => true) {
  const hash = createHash('sha256');
  for (const name of entries.flatMap((entry) => [...filesBelow(root, entry)]).toSorted()) {
    if (wanted(name))
      hash
        .update(`${name}\0`)
        .update(readFileSync(path.join(root, name)))
        .update('\0');
  }
  return hash.digest('hex');
}

/** @returns {Generator<string>} */
function* filesBelow(root, entry) {
  const facts = statSync(path.join(root, entry), { throwIfNoEntry: false });
  if (facts?.isFile()) yield entry;
  if (!facts?.isDirectory()) return;
  for (const name of readdirSync(path.join(root, entry))) yield* filesBelow(root, `${entry}/${name}`);
}
