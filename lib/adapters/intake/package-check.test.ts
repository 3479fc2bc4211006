import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordOf, type ZipPart, zipOf } from '@/test/zip';
import { checkPackage } from './package-check';
import { readZipDirectory } from './zip-directory';

const check = (name: string, archive: Buffer) => checkPackage(name, archive, archive.length);

describe('a packed document', () => {
  it('is taken when it is what its name says', () => {
    expect(check('minutes.docx', wordOf())).toBeNull();
    expect(check('list.xlsx', zipOf([{ name: '[Content_Types].xml' }, { name: 'xl/workbook.xml' }]))).toBeNull();
    expect(check('text.odt', zipOf([{ name: 'mimetype' }, { name: 'content.xml' }]))).toBeNull();
    expect(check('exports.zip', zipOf([{ name: 'setup.exe' }]))).toBeNull();
  });

  it.each([
    'word/vbaProject.bin',
    'word/vbaData.xml',
    'word/activeX/activeX1.bin',
    'xl/macrosheets/sheet1.xml',
    'word/embeddings/oleObject1.bin',
    'Basic/Standard/Module1.xml',
    'word/media/run.EXE',
  ])('with the active part %s is refused', (name) => {
    expect(check('minutes.docx', wordOf([{ name }]))).toBe('macros');
  });

  it('without its main part is something else under a false name', () => {
    expect(check('minutes.docx', zipOf([{ name: 'readme.txt' }]))).toBe('disguised');
    expect(check('minutes.docx', zipOf([{ name: 'xl/workbook.xml' }]))).toBe('disguised');
  });

  it('that unpacks to a flood is refused by what its directory claims', () => {
    expect(check('a.docx', wordOf([{ name: 'word/media/x', content: Buffer.alloc(20_000_000) }]))).toBe('packed');
    expect(check('a.docx', wordOf([{ name: 'word/media/x', claimedBytes: 2_000_000_000 }]))).toBe('packed');
    const many: ZipPart[] = Array.from({ length: 5_001 }, (_, number) => ({ name: `word/media/${number}` }));
    expect(check('a.docx', wordOf(many))).toBe('packed');
  });

  it('that was cut, continued or glued to another archive is refused', () => {
    const whole = wordOf();
    expect(check('a.docx', whole.subarray(0, whole.length - 1))).toBe('packed');
    expect(check('a.docx', Buffer.concat([whole, Buffer.from('more')]))).toBe('packed');
    const hidden = Buffer.concat([zipOf([{ name: 'word/vbaProject.bin' }]), whole]);
    expect(check('a.docx', hidden)).toBe('packed');
  });
});

describe('the directory of an archive', () => {
  it('lists every name and size, also when only the end of the file was kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: fc.stringMatching(/^[a-z/]{1,12}$/), content: fc.string() }), { maxLength: 20 }),
        fc.nat(200),
        (parts, kept) => {
          const archive = zipOf(parts);
          const entries = readZipDirectory(archive, archive.length);
          expect(entries?.map(({ name }) => name)).toEqual(parts.map(({ name }) => name));
          expect(entries?.map(({ plainBytes }) => plainBytes)).toEqual(
            parts.map(({ content }) => Buffer.byteLength(content)),
          );
          const fromEnd = readZipDirectory(archive.subarray(-kept - 22), archive.length);
          if (fromEnd) expect(fromEnd).toEqual(entries);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('of any bytes at all is read or refused, never a crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(100_000), (noise, size) => {
        const end = Buffer.from('504b0506', 'hex');
        const bytes = Buffer.concat([noise, end, noise.subarray(0, 18)]);
        expect(Array.isArray(readZipDirectory(bytes, size)) || readZipDirectory(bytes, size) === null).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
