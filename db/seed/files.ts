import { deflateSync } from 'node:zlib';

export type MadeFile = { name: string; bytes: Buffer };

/** A real one-page PDF (1.4, Helvetica): a heading and lines of text. Small enough to make hundreds in a second. */
export function makePdf(fileName: string, heading: string, lines: readonly string[]): MadeFile {
  const text = (size: number, x: number, y: number, line: string) =>
    `BT /F1 ${size} Tf ${x} ${y} Td (${escapePdf(line)}) Tj ET`;
  const title = wrap(heading, 52);
  const top = 738 - (title.length - 1) * 22;
  const wrapped = lines.flatMap((line) => wrap(line, 88));
  const content = [
    ...title.map((line, index) => text(18, 56, 770 - index * 22, line)),
    ...wrapped.slice(0, 43).map((line, index) => text(10.5, 56, top - index * 15, line)),
  ].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (en) >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
    `<< /Title (${escapePdf(heading)}) /Producer (Heptad demonstration) >>`,
  ];
  const offsets: number[] = [];
  let body = '%PDF-1.4\n%\xE2\xE3\xCF\xD3\n';
  objects.forEach((object, index) => {
    offsets.push(Buffer.byteLength(body, 'latin1'));
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
  });
  const start = Buffer.byteLength(body, 'latin1');
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return { name: fileName, bytes: Buffer.from(body, 'latin1') };
}

/** A real PNG: a plain bar chart, as a monitoring tool would export it. Values 0–1, one bar each. */
export function makeChart(fileName: string, values: readonly number[]): MadeFile {
  const [width, height] = [640, 320];
  const rows = Buffer.alloc((width * 3 + 1) * height, 0xff);
  const paint = (x: number, y: number, colour: readonly [number, number, number]) => {
    const at = y * (width * 3 + 1) + 1 + x * 3;
    rows[at] = colour[0];
    rows[at + 1] = colour[1];
    rows[at + 2] = colour[2];
  };
  for (let y = 0; y < height; y += 1) rows[y * (width * 3 + 1)] = 0;
  const slot = Math.floor((width - 60) / values.length);
  values.forEach((value, index) => {
    const top = Math.round(290 - Math.max(0, Math.min(1, value)) * 250);
    for (let x = 30 + index * slot; x < 30 + index * slot + slot - 6; x += 1)
      for (let y = top; y < 290; y += 1) paint(x, y, [11, 92, 107]);
  });
  for (let x = 24; x < width - 24; x += 1) paint(x, 290, [26, 32, 40]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return {
    name: fileName,
    bytes: Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  };
}

export function makeCsv(
  fileName: string,
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): MadeFile {
  return { name: fileName, bytes: Buffer.from([header, ...rows].map((row) => row.join(';')).join('\r\n') + '\r\n') };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function escapePdf(text: string): string {
  return text
    .replaceAll(/[–—]/g, '-')
    .replaceAll(/[^\x20-\x7e\xa0-\xff]/g, plainLetter)
    .replaceAll(/[\\()]/g, String.raw`\$&`);
}

/** Helvetica as every reader has it knows Western letters only; Polish ones lose their marks rather than vanish. */
function plainLetter(letter: string): string {
  const plain = letter.normalize('NFD').replaceAll(/\p{M}/gu, '').replace('ł', 'l').replace('Ł', 'L');
  return /^[\x20-\x7e]+$/.test(plain) ? plain : '?';
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}
