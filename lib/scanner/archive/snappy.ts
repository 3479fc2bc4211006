/**
 * Decodes one raw Snappy block. Undefined when it is damaged or larger than `limit` bytes. Source: google/snappy,
 * format_description.txt.
 */
export function unpackSnappy(input: Uint8Array, limit: number): Uint8Array | undefined {
  let at = 0;
  let size = 0;
  for (let shift = 0; shift < 5; shift += 1) {
    const byte = input[at] ?? 0;
    at += 1;
    size += (byte & 0x7f) * 2 ** (7 * shift);
    if (byte < 0x80) break;
  }
  if (size > limit) return undefined;
  const output = new Uint8Array(size);
  let written = 0;
  while (at < input.length && written < size) {
    const tag = input[at]!;
    at += 1;
    const kind = tag & 3;
    if (kind === 0) {
      const extra = Math.max(0, (tag >> 2) - 59);
      const length = 1 + (extra === 0 ? tag >> 2 : little(input, at, extra));
      at += extra;
      if (at + length > input.length || written + length > size) return undefined;
      output.set(input.subarray(at, at + length), written);
      at += length;
      written += length;
      continue;
    }
    const width = kind === 3 ? 4 : kind;
    const length = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
    const distance = kind === 1 ? (tag >> 5) * 256 + (input[at] ?? 0) : little(input, at, width);
    at += width;
    if (distance === 0 || distance > written || written + length > size) return undefined;
    for (let n = 0; n < length; n += 1) output[written + n] = output[written + n - distance]!;
    written += length;
  }
  return written === size ? output : undefined;
}

function little(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = width - 1; index >= 0; index -= 1) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}
