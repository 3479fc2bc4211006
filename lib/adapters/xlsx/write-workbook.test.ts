import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, test, vi } from 'vitest';
import { writeWorkbook, type WorkbookSheet } from './write-workbook';
import { freezeZipTimes } from './zip-times';

const SHEET: WorkbookSheet = {
  name: 'Übersicht: alles/nichts',
  columns: [
    { header: 'Name', kind: 'text', width: 30 },
    { header: 'Proven', kind: 'score', width: 10 },
    { header: 'Change', kind: 'difference', width: 10 },
    { header: 'Due', kind: 'day', width: 12 },
    { header: 'Count', kind: 'count', width: 8 },
  ],
  rows: [
    ['Wisła Zdrowie & Söhne <GmbH>', 59.4, -0.8, '2026-10-31', 3],
    ['=HYPERLINK("http://x","y")', 0, 0, null, null],
    ["+49 30 'x'", 100, 1.3, '2028-02-29', 0],
  ],
};

describe('the workbook', () => {
  test('keeps text, numbers, days and gaps as what they are', async () => {
    const [sheet] = await readExcelFile(Buffer.from(await writeWorkbook([SHEET])));
    expect(sheet?.sheet).toBe('Übersicht  alles nichts');
    expect(sheet?.data).toEqual([
      ['Name', 'Proven', 'Change', 'Due', 'Count'],
      ['Wisła Zdrowie & Söhne <GmbH>', 59.4, -0.8, new Date('2026-10-31T00:00:00Z'), 3],
      ['=HYPERLINK("http://x","y")', 0, 0, null, null],
      ["+49 30 'x'", 100, 1.3, new Date('2028-02-29T00:00:00Z'), 0],
    ]);
  });

  test('holds no formula and no link, whatever the text begins with', async () => {
    const xml = [...filesOf(await writeWorkbook([SHEET])).values()].join('');
    expect(xml).toContain('=HYPERLINK(');
    expect(xml).not.toMatch(/<f[ >]|<hyperlink/);
  });

  test('gives the same bytes tomorrow', async () => {
    const today = sha256(await writeWorkbook([SHEET]));
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-05-06T07:08:09Z') });
    try {
      expect(sha256(await writeWorkbook([SHEET]))).toBe(today);
    } finally {
      vi.useRealTimers();
    }
  });

  test('has as many sheets as it was given', async () => {
    const sheets = await readExcelFile(Buffer.from(await writeWorkbook([SHEET, { ...SHEET, name: 'Zwei' }])));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Übersicht  alles nichts', 'Zwei']);
  });

  test('refuses text where a number belongs', async () => {
    await expect(writeWorkbook([{ ...SHEET, rows: [['x', '59.4', 0, null, 0]] }])).rejects.toThrow(TypeError);
  });
});

describe('freezing the times of an archive', () => {
  test('refuses what is not an archive', () => {
    expect(() => freezeZipTimes(new Uint8Array(100))).toThrow('not a plain ZIP archive');
    expect(() => freezeZipTimes(new Uint8Array(3))).toThrow('not a plain ZIP archive');
  });
});

/** Reads an archive by its directory, with none of the code under test. */
function filesOf(archive: Uint8Array): Map<string, string> {
  const bytes = Buffer.from(archive);
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(bytes.length - 6);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    files.set(name, inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20))).toString('utf8'));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
