import { existsSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/** A repository's folder in the cache of huggingface_hub: `models--owner--name`. */
const CACHED_REPOSITORY = /^(?:models|datasets|spaces)--./;
/** Stores that name files by their digest (Hugging Face, DVC) keep the name people gave them in links. */
const DIGEST_NAME = /^[0-9a-f]{30,64}$/;

/**
 * Where links may lead from a folder that was named: anywhere below it. A snapshot in the cache of huggingface_hub consists
 * of links into `blobs` of the same repository (https://huggingface.co/docs/huggingface_hub/guides/manage-cache), so
 * that folder belongs to it, and nothing else around it.
 *
 * @param realFolder absolute, without links.
 */
export function placesOf(realFolder: string): string[] {
  const blobs = blobsOf(realFolder);
  return blobs === undefined ? [realFolder] : [realFolder, blobs];
}

function blobsOf(realFolder: string): string | undefined {
  for (let folder = realFolder; dirname(folder) !== folder; folder = dirname(folder)) {
    const repository = dirname(folder);
    if (basename(folder) !== 'snapshots' || !CACHED_REPOSITORY.test(basename(repository))) continue;
    const blobs = join(repository, 'blobs');
    return existsSync(blobs) ? blobs : undefined;
  }
  return undefined;
}

export function isInside(path: string, places: Iterable<string>): boolean {
  for (const place of places)
    if (path === place || path.startsWith(place.endsWith(sep) ? place : place + sep)) return true;
  return false;
}

/** True for a name that only tells a digest. */
export const isDigestName = (path: string): boolean => DIGEST_NAME.test(basename(path));
