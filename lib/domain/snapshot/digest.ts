import type { SnapshotContent } from './content';

/** RFC 8785: the one text a JSON value has. */
export type Canonicalise = (value: unknown) => string;
/** SHA-256 of the UTF-8 bytes of a text, as 64 lower-case hexadecimal digits. */
export type Sha256 = (text: string) => string;

/**
 * The digest of a snapshot: SHA-256 over the canonical JSON (RFC 8785) of its content. Its own id and digest are not
 * part of the content, those of the snapshot before it are.
 */
export function digestOf(content: SnapshotContent, canonicalise: Canonicalise, sha256: Sha256): string {
  return sha256(canonicalise(content));
}
