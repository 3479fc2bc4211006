const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
/** 1 January 1980, 00:00: the first moment the format can name (APPNOTE.TXT 4.4.6). */
const FIRST_TIME = 0;
const FIRST_DATE = 0x0021;

/**
 * Sets the modification time of every file in a ZIP archive to the earliest one, in place, so that equal contents are
 * equal bytes whenever they were written. The archive has no comment, as its writer makes none.
 *
 * @throws Error when the bytes are not such an archive
 */
export function freezeZipTimes(archive: Uint8Array): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = archive.byteLength - END_SIZE;
  expectSignature(view, end, END_OF_DIRECTORY);
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < entries; index += 1) {
    expectSignature(view, at, DIRECTORY_ENTRY);
    const local = view.getUint32(at + 42, true);
    expectSignature(view, local, LOCAL_ENTRY);
    setTime(view, at + 12);
    setTime(view, local + 10);
    at += ENTRY_SIZE + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return archive;
}

function setTime(view: DataView, at: number): void {
  view.setUint16(at, FIRST_TIME, true);
  view.setUint16(at + 2, FIRST_DATE, true);
}

function expectSignature(view: DataView, at: number, signature: number): void {
  if (at < 0 || at + 4 > view.byteLength || view.getUint32(at, true) !== signature) {
    throw new Error(`not a plain ZIP archive: no ${signature.toString(16)} at ${at}`);
  }
}
