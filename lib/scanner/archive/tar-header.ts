export const BLOCK = 512;

/** One block of a tar archive that stands before a member or what is said about the next one. */
export interface TarHeader {
  name: string;
  /** The name with the prefix of ustar, which Python takes from every kind of header. */
  prefixedName: string;
  isUstar: boolean;
  size: number;
  type: string;
  link: string;
  /** Old GNU sparse files: more blocks of their map follow this one. */
  isExtended: boolean;
}

/** Undefined when the block is no header: its checksum must be right. Numbers are read as Python's tarfile does. */
export function parseTarHeader(block: Buffer): TarHeader | undefined {
  if (block.length < BLOCK) return undefined;
  const size = readNumber(block.subarray(124, 136));
  if (size === undefined || !hasChecksum(block)) return undefined;
  const name = readText(block.subarray(0, 100));
  const prefix = readText(block.subarray(345, 500));
  const type = String.fromCharCode(block[156]!);
  return {
    name,
    prefixedName: prefix === '' ? name : `${prefix}/${name}`,
    isUstar: block.toString('latin1', 257, 263) === 'ustar\0',
    size,
    type: type === '\0' && name.endsWith('/') ? '5' : type,
    link: readText(block.subarray(157, 257)),
    isExtended: type === 'S' && block[482] !== 0,
  };
}

/** The checksum counts itself as spaces; some old writers took bytes as signed. */
function hasChecksum(block: Buffer): boolean {
  const expected = readNumber(block.subarray(148, 156));
  let [unsigned, signed] = [0, 0];
  for (let index = 0; index < BLOCK; index += 1) {
    const byte = index >= 148 && index < 156 ? 0x20 : block[index]!;
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return expected !== undefined && (expected === unsigned || expected === signed);
}

/** Text up to the first zero byte. */
export function readText(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}

/** Octal as Python's int takes it, or binary as GNU tar writes sizes above 8 GiB. Undefined for what is neither, or negative. */
function readNumber(field: Buffer): number | undefined {
  if (field[0] === 0x80) {
    const value = Number(BigInt(`0x${field.subarray(1).toString('hex')}`));
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const [text] = field.toString('latin1').split('\0', 1);
  const digits = /^\s*\+?(?:0[oO]_?)?([0-7]+(?:_[0-7]+)*)?\s*$/.exec(text!);
  return digits === null ? undefined : Number.parseInt((digits[1] ?? '0').replaceAll('_', ''), 8);
}

/** The records of a pax header, the last of each key; undefined when one is damaged. Source: POSIX.1-2017, pax, "length key=value". */
export function readPaxRecords(bytes: Buffer): Map<string, string> | undefined {
  const text = bytes.toString('latin1');
  const start = /(\d+) ([^=]+)=/y;
  const records = new Map<string, string>();
  for (let position = 0; ;) {
    start.lastIndex = position;
    const match = start.exec(text);
    if (match === null) return records;
    const end = position + Number(match[1]);
    if (end <= start.lastIndex) return undefined;
    records.set(match[2]!, bytes.toString('utf8', start.lastIndex, end - 1));
    position = end;
  }
}

/** A size of a pax record; what is no number counts as 0, as in Python. */
export function readPaxSize(value: string): number {
  return /^\s*\+?\d+(?:_\d+)*\s*$/.test(value) ? Number(value.replaceAll('_', '')) : 0;
}
