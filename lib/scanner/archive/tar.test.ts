import { expect, test } from 'vitest';
import { callPickle } from '../fixtures/pickle-builder';
import { scanBytes, summary } from '../fixtures/scan';
import { buildTar, paxHeader, type TarBlock, tarMember } from '../fixtures/tar-builder';

const evil: TarBlock = { name: 'pickle', content: callPickle('os', 'system') };
const text = Buffer.from('hello');
const scan = async (members: readonly TarBlock[]): Promise<string[]> =>
  summary(await scanBytes('model.tar', buildTar(members)));
const padding = Buffer.alloc(512, 'J');
/** A member whose data holds another header and the payload. */
const hidden = Buffer.concat([padding, tarMember(evil)]);

test.each([
  ['of an unknown type', [{ ...evil, type: 'A' }]],
  [
    'of an unknown type behind another member',
    [
      { name: 'a.txt', content: text },
      { ...evil, type: 'Z' },
    ],
  ],
  ['of the old regular type', [{ ...evil, type: '\0' }]],
  ['behind a signed checksum', [{ name: 'é.txt', content: text, isSigned: true }, evil]],
  ['whose size field ends at its first zero', [{ name: 'a', size: '0\x001000' }, evil]],
  ['behind a folder that states a size', [{ name: 'folder/', type: '5', size: 1024 }, evil]],
  ['behind an old folder that states a size', [{ name: 'folder/', type: '\0', size: 1024 }, evil]],
  ['behind a link that states a size', [{ name: 'link', type: '1', link: 'a', size: 1024 }, evil]],
  ['behind a binary size', [{ name: 'a', content: text, size: `\x80${'\0'.repeat(10)}\x05` }, evil]],
])('the member %s is scanned', async (_what, members) => {
  expect(await scan(members)).toEqual(['PKL-002 CRITICAL']);
});

test.each([
  ['a pax header', [paxHeader({ size: '512' })]],
  ['a pax header of Solaris', [paxHeader({ size: '512' }, 'X')]],
  ['the first of two pax headers', [paxHeader({ size: '512' }), paxHeader({ size: '2048' })]],
  [
    'a pax header before a long name',
    [paxHeader({ size: '512' }), { name: 'x', type: 'L', content: Buffer.from('w.bin') }],
  ],
  ['a global header, by way of another', [paxHeader({ size: '512' }, 'g'), paxHeader({ comment: 'x' })]],
  ['a long pax header', [paxHeader({ comment: 'x'.repeat(70_000), size: '512' })]],
])('%s says where the next member stands, and the difference is told', async (_what, extensions) => {
  expect(await scan([...extensions, { name: 'w.bin', content: hidden }])).toEqual(
    expect.arrayContaining(['ARC-003 MEDIUM', 'PKL-002 CRITICAL']),
  );
});

test('a global size alone does not move the next member', async () => {
  const members = [
    paxHeader({ size: '5' }, 'g'),
    { name: 'a.txt', content: Buffer.alloc(600, 'a') },
    { ...evil, size: 5 },
  ];
  expect((await scan(members)).filter((row) => row.startsWith('SYS'))).toEqual([]);
});

const link: TarBlock = { name: 'd', type: '2', link: 'inside' };
test.each([
  ['linkpath of pax', [paxHeader({ linkpath: '/outside' }), link]],
  ['linkpath of a global header', [paxHeader({ linkpath: '/outside' }, 'g'), { name: 'a.txt', content: text }, link]],
  ['long link of GNU', [{ name: 'x', type: 'K', content: Buffer.from('/outside\0') }, link]],
  ['path of pax', [paxHeader({ path: '../a' }), { name: 'a', content: text }]],
  [
    'path of pax beside a long name',
    [{ name: 'x', type: 'L', content: Buffer.from('a\0') }, paxHeader({ path: '../a' }), { name: 'a', content: text }],
  ],
  ['prefix', [{ name: 'a', prefix: '/etc', content: text }]],
])('%s: leaving the target folder is HIGH', async (_what, members) => {
  expect(await scan(members)).toEqual(['ARC-002 HIGH']);
});

test('a second archive behind the end of the first is told and scanned', async () => {
  const bytes = Buffer.concat([buildTar([{ name: 'a.txt', content: text }]), buildTar([evil])]);
  expect(summary(await scanBytes('model.tar', bytes))).toEqual(['ARC-006 LOW', 'PKL-002 CRITICAL']);
});

test.each([
  ['sparse by its type', [{ ...evil, type: 'S' }]],
  ['sparse by pax', [paxHeader({ 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0' }), evil]],
  ['cut off', [{ ...evil, size: 1 << 20 }]],
  ['behind a damaged pax header', [{ name: 'x', type: 'x', content: Buffer.from('3 size=512\n') }, evil]],
  ['of a negative size', [{ ...evil, size: '-0000001000' }]],
])('a member %s is told', async (_what, members) => {
  expect(await scan([{ name: 'a.txt', content: text }, ...members])).toContain('SYS-002 MEDIUM');
});

test('ordinary archives are silent', async () => {
  const members: TarBlock[] = [
    paxHeader({ comment: 'a commit' }, 'g'),
    { name: 'folder/', type: '5' },
    paxHeader({ path: `folder/${'long'.repeat(60)}.txt`, mtime: '1700000000.5' }),
    { name: 'folder/longlong.txt', content: text },
    { name: '././@LongLink', type: 'L', content: Buffer.from(`folder/${'long'.repeat(60)}\0`) },
    { name: 'folder/longlong', content: text },
    { name: 'a', prefix: 'folder', content: text },
    { name: 'link', type: '2', link: 'a' },
  ];
  expect(await scan(members)).toEqual([]);
});
