/** One file inside a ZIP archive, as the archive's own directory tells. Sizes are what the archive claims. */
export type ZipEntry = { name: string; packedBytes: number; plainBytes: number };

const END_MARK = 0x06054b50;
const END_BYTES = 22;
const ENTRY_MARK = 0x02014b50;
const ENTRY_BYTES = 46;
/** In the two- and four-byte fields these mean "see the 64-bit record", which no document of ours needs. */
const MORE_16 = 0xffff;
const MORE_32 = 0xffffffff;

/**
 * Reads the directory of a ZIP archive from the archive's last bytes.
 *
 * @param tail the end of the file, as many bytes as the caller kept.
 * @param fileBytes size of the whole file.
 * @returns the entries, or null when the directory is broken, has 64-bit sizes, or begins before the tail.
 */
export function readZipDirectory(tail: Buffer, fileBytes: number): ZipEntry[] | null {
  const end = findEnd(tail);
  if (end === null) return null;
  const count = tail.readUInt16LE(end + 10);
  const size = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (count === MORE_16 || size === MORE_32 || offset === MORE_32) return null;
  const start = offset - (fileBytes - tail.length);
  // The directory must end where the end record begins: bytes between them could be a second archive for other readers.
  if (start < 0 || start + size !== end) return null;
  return readEntries(tail.subarray(start, end), count);
}

function readEntries(directory: Buffer, count: number): ZipEntry[] | null {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + ENTRY_BYTES <= directory.length && directory.readUInt32LE(at) === ENTRY_MARK) {
    const nameBytes = directory.readUInt16LE(at + 28);
    const next = at + ENTRY_BYTES + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (next > directory.length) return null;
    entries.push({
      name: directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes),
      packedBytes: directory.readUInt32LE(at + 20),
      plainBytes: directory.readUInt32LE(at + 24),
    });
    at = next;
  }
  return at === directory.length && entries.length === count ? entries : null;
}

/** The end record stands last, behind it only its own comment. */
function findEnd(tail: Buffer): number | null {
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === END_MARK && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  return null;
}
