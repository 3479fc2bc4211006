import { expect, test } from 'vitest';
import { callPickle, u64 } from '../fixtures/pickle-builder';
import { scanBytes, summary } from '../fixtures/scan';
import { buildZip } from '../fixtures/zip-builder';

const evil = callPickle('os', 'system');
const harmless = Buffer.alloc(evil.length, 'words ');
const END_SIZE = 22;

const archive = (content: Uint8Array, prefix?: Uint8Array): Buffer =>
  buildZip([{ name: 'a.pkl', content, isDeflated: true }], prefix);
const withoutEnd = (zip: Buffer): Buffer => zip.subarray(0, -END_SIZE);
const endOf = (zip: Buffer): Buffer => Buffer.from(zip.subarray(-END_SIZE));
const withComment = (zip: Buffer, comment: Uint8Array): Buffer => {
  const end = endOf(zip);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([withoutEnd(zip), end, comment]);
};

/** The 64-bit record for the directory of `zip`, which `space` bytes separate from its locator. */
function end64(zip: Buffer, space = 0): Buffer {
  const end = endOf(zip);
  const record = Buffer.concat([Buffer.from('PK\x06\x06'), u64(44 + space), Buffer.alloc(44 + space)]);
  record.writeUInt32LE(end.readUInt16LE(10), 24);
  record.writeUInt32LE(end.readUInt16LE(10), 32);
  record.writeUInt32LE(end.readUInt32LE(12), 40);
  record.writeUInt32LE(end.readUInt32LE(16), 48);
  const locator = Buffer.concat([
    Buffer.from('PK\x06\x07\0\0\0\0'),
    u64(zip.length - END_SIZE),
    Buffer.from('\x01\0\0\0'),
  ]);
  return Buffer.concat([record, locator]);
}

const scan = async (bytes: Uint8Array): Promise<string[]> => summary(await scanBytes('model.zip', bytes));

test.each([0, 16])(
  'the 64-bit record lists others than the classic one, with %i bytes of data in it',
  async (space) => {
    const good = archive(harmless);
    const both = archive(evil, withoutEnd(good));
    const bytes = Buffer.concat([withoutEnd(both), end64(both, space), endOf(good)]);
    expect(await scan(bytes)).toEqual(['ARC-003 MEDIUM', 'PKL-002 CRITICAL']);
  },
);

test('the classic record lists others than the 64-bit one', async () => {
  const bad = archive(evil);
  const both = archive(harmless, withoutEnd(bad));
  const bytes = Buffer.concat([withoutEnd(both), end64(both), endOf(bad)]);
  expect(await scan(bytes)).toEqual(['ARC-003 MEDIUM', 'PKL-002 CRITICAL']);
});

test('readers that trust the offset find another directory than those that count back', async () => {
  const [bad, good] = [evil, harmless].map((content) => buildZip([{ name: 'a.pkl', content }]));
  expect(await scan(Buffer.concat([withoutEnd(bad!), good!]))).toEqual(
    expect.arrayContaining(['ARC-003 MEDIUM', 'PKL-002 CRITICAL']),
  );
});

test('the end record is found where its own fields look like another one', async () => {
  const bytes = archive(evil, Buffer.from('junk that is no member'));
  bytes.write('PK\x05\x06', bytes.length - 18, 'latin1');
  expect(await scan(bytes)).toEqual(['PKL-002 CRITICAL']);
});

test.each([
  ['cut off', Buffer.from('PK\x05\x06')],
  ['complete', endOf(archive(harmless))],
])('an end record in the comment, %s, hides no member', async (_what, comment) => {
  expect(await scan(withComment(archive(evil), Buffer.concat([comment, Buffer.from('end')])))).toContain(
    'PKL-002 CRITICAL',
  );
});

test('a member behind the directory is an orphan', async () => {
  const bytes = withComment(archive(harmless), withoutEnd(archive(evil)));
  expect(await scan(bytes)).toEqual(['ARC-006 MEDIUM', 'PKL-002 CRITICAL']);
});

test.each([
  ['an end record that leads nowhere', 'PK\x05\x06\0 are zip files, PK\x06\x06 and PK\x01\x02 too \xff'],
  ['a local header that is none', 'PK\x03\x04 and PK\x05\x06 are what zip files hold \xff'],
])('a program with %s is no archive', async (_what, text) => {
  const bytes = Buffer.concat([Buffer.from([0, 0xff, 1]), Buffer.from(text, 'latin1')]);
  expect(await scan(bytes)).toEqual(['SYS-003 INFO']);
});

test.each([
  [
    'as PyTorch writes it, with both records',
    Buffer.concat([withoutEnd(archive(harmless)), end64(archive(harmless)), endOf(archive(harmless))]),
  ],
  ['with a comment', withComment(archive(harmless), Buffer.from('made by hand'))],
  [
    'behind a program that offsets do not count',
    Buffer.concat([Buffer.from('#!/bin/sh\nexec true\n'), archive(harmless)]),
  ],
  ['behind a program that offsets count', archive(harmless, Buffer.from('#!/bin/sh\nexec true\n'))],
  ['without members', buildZip([])],
])('an archive %s is silent', async (_what, bytes) => {
  expect(await scan(bytes)).toEqual([]);
});
