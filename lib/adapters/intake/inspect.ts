import { fileTypeFromBuffer } from 'file-type';
import { type Accepted, acceptedTypes, extensionOf } from './media-types';

/** Enough for every signature the library knows, and for a fair look at whether text is text. */
export const SAMPLE_BYTES = 8_192;

export type Inspection =
  | { ok: true; mediaType: string; /** What the whole file must be looked at for. */ container?: 'zip' | 'cfb' }
  | { ok: false; problem: 'empty' | 'not-accepted' | 'disguised'; found: string };

/** Judges a file by its name and its first bytes. The type a client declares is never believed. */
export async function inspect(fileName: string, sample: Uint8Array): Promise<Inspection> {
  if (sample.byteLength === 0) return { ok: false, problem: 'empty', found: 'empty' };
  const accepted = acceptedTypes[extensionOf(fileName)];
  if (!accepted) return { ok: false, problem: 'not-accepted', found: extensionOf(fileName) || 'no extension' };
  const found = (await fileTypeFromBuffer(sample))?.mime;
  if (accepted.signatures.length > 0) {
    return found && accepted.signatures.includes(found)
      ? { ok: true, mediaType: accepted.mediaType, container: containerOf(accepted, found) }
      : { ok: false, problem: 'disguised', found: found ?? 'text or unknown' };
  }
  if (found && found !== 'application/xml') return { ok: false, problem: 'disguised', found };
  return looksLikeText(sample)
    ? { ok: true, mediaType: accepted.mediaType }
    : { ok: false, problem: 'disguised', found: 'binary' };
}

function containerOf(accepted: Accepted, found: string): 'zip' | 'cfb' | undefined {
  if (found === 'application/x-cfb') return 'cfb';
  return accepted.isPackage ? 'zip' : undefined;
}

/** Text holds no zero byte, and markup that a browser would run does not pass as text either. */
function looksLikeText(sample: Uint8Array): boolean {
  if (sample.includes(0)) return false;
  const start = new TextDecoder().decode(sample.subarray(0, 2_048)).toLowerCase();
  const content = start.replace(/^(\s|<\?xml[^>]*>|<!--[\s\S]*?-->|<!doctype svg[^>]*>)*/, '');
  return !/^(<!doctype html|<html|<head|<body|<script|<svg|#!)/.test(content);
}
