import { extensionOf } from './media-types';
import { readZipDirectory, type ZipEntry } from './zip-directory';

/** Kept of a file's end while it streams by; holds the directory of far more files than a document has. */
export const TAIL_BYTES = 1_048_576;

const MOST_ENTRIES = 5_000;
const MOST_PLAIN_BYTES = 1_000_000_000;
/** Office documents reach 20; a bomb has a thousand. */
const MOST_RATIO = 100;
/** Small parts of one repeated character pack well and harm nobody. */
const RATIO_FROM_BYTES = 10_000_000;

/** The part without which a file of this extension is something else. */
const MAIN_PART: Readonly<Record<string, RegExp>> = {
  docx: /^word\/document\d*\.xml$/,
  xlsx: /^xl\/workbook\.(xml|bin)$/,
  pptx: /^ppt\/presentation\.xml$/,
  odt: /^content\.xml$/,
  ods: /^content\.xml$/,
};
/** Parts that a program would run on opening: VBA, ActiveX, Basic, embedded OLE objects and programs. */
const ACTIVE_PART =
  /(^|\/)(vbaproject\.bin|vbadata\.xml|activex\/|basic\/|scripts\/|macrosheets\/|embeddings\/oleobject[^/]*\.bin$|[^/]+\.(exe|dll|js|vbs|scr|bat|cmd|ps1)$)/i;

export type PackageProblem = 'packed' | 'macros' | 'disguised';

/**
 * Judges a ZIP-based document by its directory: it must be what its name says, carry nothing active and unpack to a
 * bearable size. Nothing is unpacked here or anywhere else, so a directory that lies about sizes harms only itself.
 */
export function checkPackage(fileName: string, tail: Buffer, fileBytes: number): PackageProblem | null {
  const entries = readZipDirectory(tail, fileBytes);
  if (entries === null || isBomb(entries)) return 'packed';
  const extension = extensionOf(fileName);
  if (extension === 'zip') return null;
  const main = MAIN_PART[extension];
  if (main && !entries.some(({ name }) => main.test(name))) return 'disguised';
  return entries.some(({ name }) => ACTIVE_PART.test(name)) ? 'macros' : null;
}

function isBomb(entries: readonly ZipEntry[]): boolean {
  const plain = entries.reduce((sum, { plainBytes }) => sum + plainBytes, 0);
  const packed = entries.reduce((sum, { packedBytes }) => sum + packedBytes, 0);
  if (entries.length > MOST_ENTRIES || plain > MOST_PLAIN_BYTES) return true;
  return plain > RATIO_FROM_BYTES && plain > packed * MOST_RATIO;
}
