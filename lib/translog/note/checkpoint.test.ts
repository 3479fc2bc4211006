import { describe, expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '../base64';
import { parseDecimal } from '../decimal';
import { LogFormatError } from '../format-error';
import { formatCheckpoint, parseCheckpoint } from './checkpoint';
import { formatHashLines, parseHashLines, splitAtEmptyLine } from './hash-lines';
import { formatLogProof, parseLogProof } from './log-proof';

/** The example of C2SP tlog-checkpoint. */
const ROOT = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
const EXAMPLE = `example.com/behind-the-sofa\n20852163\n${ROOT}\n`;
const root = Buffer.from(ROOT, 'base64');

describe('checkpoints', () => {
  test('the example is read and written unchanged', () => {
    const checkpoint = { origin: 'example.com/behind-the-sofa', size: 20_852_163, root, extensions: [] };
    expect(parseCheckpoint(EXAMPLE)).toEqual(checkpoint);
    expect(formatCheckpoint(checkpoint)).toBe(EXAMPLE);
  });

  test('extension lines are kept', () => {
    const text = `${EXAMPLE}one\ntwo\n`;
    expect(parseCheckpoint(text).extensions).toEqual(['one', 'two']);
    expect(formatCheckpoint(parseCheckpoint(text))).toBe(text);
  });

  test.each([
    ['nothing', ''],
    ['one line', 'origin\n'],
    ['no root', 'origin\n1\n'],
    ['no newline at the end', EXAMPLE.slice(0, -1)],
    ['an empty origin', EXAMPLE.replace('example.com/behind-the-sofa', '')],
    ['an empty extension', `${EXAMPLE}\n`],
    ['an empty line between extensions', `${EXAMPLE}a\n\nb\n`],
    ['leading zero', EXAMPLE.replace('20852163', '020852163')],
    ['a sign', EXAMPLE.replace('20852163', '+20852163')],
    ['hexadecimal', EXAMPLE.replace('20852163', '0x20')],
    ['an exponent', EXAMPLE.replace('20852163', '2e7')],
    ['a space', EXAMPLE.replace('20852163', '20852163 ')],
    ['a size over 2^53 − 1', EXAMPLE.replace('20852163', '9007199254740992')],
    ['a short root', EXAMPLE.replace(ROOT, ROOT.slice(4))],
    ['a long root', EXAMPLE.replace(ROOT, `AAAA${ROOT}`)],
    ['unused bits in the root', EXAMPLE.replace('q2I=', 'q2J=')],
  ])('%s is refused', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(LogFormatError);
  });

  test('what could not be read back is not written', () => {
    const good = { origin: 'a', size: 1, root, extensions: [] };
    expect(() => formatCheckpoint({ ...good, origin: '' })).toThrow(LogFormatError);
    expect(() => formatCheckpoint({ ...good, origin: 'a\nb' })).toThrow(LogFormatError);
    expect(() => formatCheckpoint({ ...good, size: 1.5 })).toThrow(LogFormatError);
    expect(() => formatCheckpoint({ ...good, size: -1 })).toThrow(LogFormatError);
    expect(() => formatCheckpoint({ ...good, root: root.subarray(1) })).toThrow(LogFormatError);
    expect(() => formatCheckpoint({ ...good, extensions: ['a\nb'] })).toThrow('one line');
    expect(() => formatCheckpoint({ ...good, extensions: [''] })).toThrow(LogFormatError);
  });
});

describe('numbers and base64', () => {
  test('a decimal has one spelling', () => {
    expect(['0', '7', '10', '9007199254740991'].map(parseDecimal)).toEqual([0, 7, 10, Number.MAX_SAFE_INTEGER]);
    for (const text of ['', '00', '01', '-1', '1.0', '1e3', ' 1', '1\n', '9007199254740992', '99999999999999999999']) {
      expect(parseDecimal(text)).toBeNull();
    }
  });

  test('base64 has one spelling', () => {
    expect(decodeBase64('')).toEqual(Buffer.alloc(0));
    expect(decodeBase64('AQI=')).toEqual(Buffer.of(1, 2));
    for (const text of ['AQI', 'AQJ=', 'AQI=\n', ' AQI=', 'AQ-_', 'A', 'AQI==', 'AQ=I']) {
      expect(decodeBase64(text)).toBeNull();
    }
    expect(encodeBase64(Buffer.concat([Buffer.alloc(3), Buffer.of(1, 2)]).subarray(3))).toBe('AQI=');
  });
});

const split = (text: string, max?: number) => splitAtEmptyLine(Buffer.from(text), max);

describe('lines of a proof', () => {
  test('are read back; more than a proof can have, or other text, is refused', () => {
    const text = formatHashLines([root, Buffer.alloc(32)]);
    expect(text).toBe(`${ROOT}\n${'A'.repeat(43)}=\n`);
    expect(parseHashLines(text.split('\n').slice(0, -1))).toEqual([root, Buffer.alloc(32)]);
    expect(parseHashLines(Array.from({ length: 126 }, () => ROOT))).toHaveLength(126);
    expect(() => parseHashLines(Array.from({ length: 127 }, () => ROOT))).toThrow('at most 126');
    expect(() => parseHashLines(['AAAA'])).toThrow('not a hash');
    expect(() => parseHashLines([''])).toThrow('not a hash');
  });

  test('the note begins after the first empty line', () => {
    expect(split('a\nb\n\nc\n\nd\n')).toEqual({ lines: ['a', 'b'], note: Buffer.from('c\n\nd\n') });
    expect(split('\nc\n\nd\n')).toEqual({ lines: [], note: Buffer.from('c\n\nd\n') });
    expect(() => split('a\nb\n')).toThrow('no empty line');
    expect(() => split('aaaa\n\nb', 4)).toThrow('no empty line');
    expect(() => split('')).toThrow('no empty line');
  });
});

describe('proof files (C2SP tlog-proof)', () => {
  const note = Buffer.from(`${EXAMPLE}\n— a AAAAAAA=\n`);

  test('are written as in the example and read back', () => {
    const proof = { index: 73_894, hashes: [root, root], note, extra: Buffer.from('age') };
    const bytes = formatLogProof(proof);
    expect(Buffer.from(bytes).toString()).toBe(
      `c2sp.org/tlog-proof@v1\nextra YWdl\nindex 73894\n${ROOT}\n${ROOT}\n\n${note.toString()}`,
    );
    expect(parseLogProof(bytes)).toEqual(proof);
  });

  test('need no extra data and, for a tree of one entry, no hashes', () => {
    const proof = { index: 0, hashes: [], note };
    expect(Buffer.from(formatLogProof(proof)).toString()).toMatch(/^c2sp.org\/tlog-proof@v1\nindex 0\n\nexample/);
    expect(parseLogProof(formatLogProof(proof))).toEqual(proof);
  });

  test.each([
    ['another version', 'c2sp.org/tlog-proof@v2\nindex 0\n\nnote'],
    ['no index', `c2sp.org/tlog-proof@v1\n${ROOT}\n\nnote`],
    ['nothing after the header', 'c2sp.org/tlog-proof@v1\n\nnote'],
    ['a bad index', 'c2sp.org/tlog-proof@v1\nindex 01\n\nnote'],
    ['bad extra data', 'c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\nnote'],
    ['extra data after the index', 'c2sp.org/tlog-proof@v1\nindex 0\nextra AQI=\n\nnote'],
    ['a bad hash', 'c2sp.org/tlog-proof@v1\nindex 0\nAQI=\n\nnote'],
    ['no empty line', 'c2sp.org/tlog-proof@v1\nindex 0\n'],
  ])('%s is refused', (_, text) => {
    expect(() => parseLogProof(Buffer.from(text))).toThrow(LogFormatError);
  });
});
