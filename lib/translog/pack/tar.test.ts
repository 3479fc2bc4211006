import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tarBytes } from '../testing/sample-pack';
import { type ByteSource, bytesSource, piecesOf, readAll, SlidingWindow } from './byte-source';
import { readTar, type TarPart, writeTar } from './tar';

const part = (name: string, content: string): TarPart => {
  return { name, size: Buffer.byteLength(content), chunks: [Buffer.from(content)] };
};
const PARTS = [part('a.txt', 'hello'), part('dir/empty', ''), part('dir/block', 'x'.repeat(512))];

function namesIn(bytes: Uint8Array): string[] {
  return [...readTar(bytesSource(bytes)).members.keys()];
}

function faultIn(bytes: Uint8Array): string | null {
  return readTar(bytesSource(bytes)).fault;
}

describe('archives', () => {
  test('what is written is read back', async () => {
    const { members, fault } = readTar(bytesSource(await tarBytes(PARTS)));
    expect(fault).toBeNull();
    expect([...members.keys()]).toEqual(['a.txt', 'dir/empty', 'dir/block']);
    expect(Buffer.from(readAll(members.get('a.txt')!, 5)!).toString()).toBe('hello');
    expect(readAll(members.get('a.txt')!, 4)).toBeNull();
    expect(members.get('dir/empty')!.size).toBe(0);
    expect(readTar(bytesSource(await tarBytes([])))).toEqual({ members: new Map(), fault: null });
  });

  test('the same members give the same bytes', async () => {
    expect(await tarBytes(PARTS)).toEqual(await tarBytes(PARTS));
  });

  test('the tar program unpacks them', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'translog-tar-'));
    try {
      writeFileSync(path.join(folder, 'pack.tar'), await tarBytes(PARTS));
      const listing = execFileSync('tar', ['-xvf', 'pack.tar'], { cwd: folder, encoding: 'utf8' });
      expect(listing).toBe('a.txt\ndir/empty\ndir/block\n');
      expect(readFileSync(path.join(folder, 'a.txt'), 'utf8')).toBe('hello');
      expect(readFileSync(path.join(folder, 'dir/block'), 'utf8')).toBe('x'.repeat(512));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a header has the fields of POSIX, with no owner and no time', async () => {
    const header = (await tarBytes(PARTS)).subarray(0, 512);
    const field = (from: number, to: number) => header.toString('latin1', from, to);
    const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
    expect(field(0, 100)).toBe('a.txt'.padEnd(100, '\0'));
    expect(field(100, 124)).toBe('0000644\x000000000\x000000000\0');
    expect(field(124, 148)).toBe('00000000005\x0000000000000\0');
    expect(field(148, 156)).toBe(`${sum.toString(8).padStart(6, '0')}\0 `);
    expect(field(156, 265)).toBe(`${'0'.padEnd(101, '\0')}ustar\x0000`);
    expect(field(265, 512)).toBe('\0'.repeat(247));
  });

  test('a member that does not have the size it announced is an error', async () => {
    await expect(tarBytes([{ ...part('a', 'abc'), size: 4 }])).rejects.toThrow('a has 3 bytes, not 4');
  });

  test('a name has 1 to 100 bytes', async () => {
    expect(namesIn(await tarBytes([part('n'.repeat(100), '')]))).toEqual(['n'.repeat(100)]);
    await expect(tarBytes([part('n'.repeat(101), '')])).rejects.toThrow('1 to 100 bytes');
    await expect(tarBytes([part('ü'.repeat(51), '')])).rejects.toThrow('1 to 100 bytes');
    await expect(tarBytes([part('', '')])).rejects.toThrow('1 to 100 bytes');
  });

  test.each([8 ** 11 - 1, 8 ** 11, 2 ** 40 + 5])('a member of %i bytes has its size read back', async (size) => {
    const { value: header } = await writeTar([{ name: 'entries', size, chunks: [] }]).next();
    const end = 512 + Math.ceil(size / 512) * 512;
    const sparse: ByteSource = {
      size: end + 1_024,
      readInto: (target, offset) => {
        target.fill(0);
        if (offset < 512) target.set(Buffer.from(header as Uint8Array).subarray(offset, offset + target.length));
      },
    };
    const { members, fault } = readTar(sparse);
    expect(fault).toBeNull();
    expect(members.get('entries')!.size).toBe(size);
  });

  test('faults are named, and what comes before them is still read', async () => {
    const good = await tarBytes(PARTS);
    const changed = (at: number) => {
      const copy = Buffer.from(good);
      copy[at]! ^= 1;
      return copy;
    };
    expect(faultIn(good.subarray(0, 100))).toBe('the archive ends at byte 0, before its end mark');
    expect(faultIn(good.subarray(0, 514))).toBe('the archive ends in the middle of a.txt');
    expect(faultIn(good.subarray(0, 520))).toBe('the padding after a.txt is damaged');
    expect(faultIn(good.subarray(0, 1_024))).toBe('the archive ends at byte 1024, before its end mark');
    expect(faultIn(good.subarray(0, -1))).toBe('the end mark at byte 2560 is damaged or something follows it');
    expect(faultIn(changed(good.length - 1))).toBe('the end mark at byte 2560 is damaged or something follows it');
    expect(faultIn(Buffer.concat([good, Buffer.alloc(512)]))).toContain('something follows it');
    expect(faultIn(changed(1_024))).toBe('there is no member header at byte 1024');
    expect(namesIn(changed(1_024))).toEqual(['a.txt']);
    expect(faultIn(changed(600))).toBe('the padding after a.txt is damaged');
    expect(namesIn(changed(600))).toEqual(['a.txt']);
    expect(faultIn(await tarBytes([PARTS[0]!, PARTS[0]!]))).toBe('a.txt is there twice');
  });
});

describe('reading in steps', () => {
  const bytes = Buffer.from(Array.from({ length: 100 }, (_, n) => n));

  test('pieces together are the whole', () => {
    for (const size of [1, 7, 99, 100, 101]) {
      expect(Buffer.concat([...piecesOf(bytesSource(bytes), size)].map((piece) => Buffer.from(piece))).length).toBe(
        100,
      );
    }
    const copies = Array.from(piecesOf(bytesSource(bytes), 30), (piece) => Buffer.from(piece));
    expect(Buffer.concat(copies)).toEqual(bytes);
    expect([...piecesOf(bytesSource(Buffer.alloc(0)))]).toEqual([]);
  });

  test('a sliding window gives any stretch in order, and null beyond the end', () => {
    let reads = 0;
    const counted: ByteSource = {
      size: 100,
      readInto: (target, offset) => {
        reads += 1;
        bytesSource(bytes).readInto(target, offset);
      },
    };
    const window = new SlidingWindow(counted, 16);
    const view = (at: number, length: number) => {
      const from = window.reach(at, length);
      return from === null ? null : window.bytes.subarray(from, from + length);
    };
    for (let at = 0; at + 5 <= 100; at += 3) expect(view(at, 5)).toEqual(bytes.subarray(at, at + 5));
    expect(reads).toBeLessThan(12);
    expect(view(96, 5)).toBeNull();
    expect(view(95, 5)).toEqual(bytes.subarray(95));
    expect(view(0, 16)).toEqual(bytes.subarray(0, 16));
    expect(view(100, 0)).toHaveLength(0);
  });
});
