import { describe, expect, test } from 'vitest';
import { bufferSource } from '../byte-source';
import { run } from '../fixtures/machine-run';
import { op, pickle } from '../fixtures/pickle-builder';
import type { MachineOutcome } from './machine';
import { PickleReader, type ReaderOptions } from './reader';

const readerOf = (bytes: Uint8Array, start = 0, options: ReaderOptions = {}): PickleReader =>
  new PickleReader(bufferSource(bytes), start, options);

describe('reading', () => {
  test('opcodes, lines and texts across the edge of a small window', () => {
    const long = 'x'.repeat(500);
    const bytes = pickle(
      op.text(long),
      op.pop,
      op.raw(`S'${long}'\n0`),
      op.global('module'.repeat(20), 'name'),
      op.pop,
      op.text('os'),
      op.text('system'),
      op.stackGlobal,
      op.stop,
    );
    for (let window = 64; window < 96; window += 1) {
      expect(run(bytes, { window })).toMatchObject({
        names: [`${'module'.repeat(20)}.name`, 'os.system'],
        outcome: { end: 'stop', position: bytes.length },
      });
    }
  });

  test('a file of several windows ends where it should', () => {
    const part = Buffer.alloc(7 * 1000, '\x8c\x04abcd0', 'latin1');
    const bytes = pickle(...Array.from({ length: 700 }, () => part), op.raw('N.'));
    expect(run(bytes).outcome).toMatchObject({ end: 'stop', position: bytes.length, opcodes: 1_400_002 });
  });

  test('a line feed far behind the window is found', () => {
    const bytes = pickle(op.raw(`S'${'y'.repeat(200_000)}'\n`), op.stop);
    expect(run(bytes, { window: 64 }).outcome).toMatchObject({ end: 'stop', position: bytes.length });
  });

  test('inside its frame a stream reads the same in both ways', () => {
    const body = pickle(op.text('os'), op.text('system'), op.stackGlobal, op.stop);
    for (const reading of ['memory', 'file'] as const) {
      const { names, outcome } = run(pickle(op.proto(4), op.frame(body.length), body), { reading });
      expect({ names, crossed: outcome.hasCrossedFrame, overlong: outcome.hasOverlongFrame }).toEqual({
        names: ['os.system'],
        crossed: false,
        overlong: false,
      });
    }
  });

  test('an opcode behind the end of its frame reads on in memory, and forgets the rest from a file', () => {
    const bytes = pickle(op.frame(3), op.raw('U\x02x'), op.raw('yzN.'), op.raw('N.'));
    expect(run(bytes, { reading: 'memory' }).outcome).toMatchObject({
      hasCrossedFrame: true,
      position: 14,
      end: 'broken',
    });
    expect(run(bytes, { reading: 'file' }).outcome).toMatchObject({ hasCrossedFrame: true, position: 16, end: 'stop' });
  });

  test('bytes are never forgotten, numbers and lines are', () => {
    const file = (frame: number, body: string): MachineOutcome =>
      run(pickle(op.frame(frame), op.raw(body)), { reading: 'file' }).outcome;
    expect(file(3, 'C\x02xyN.')).toMatchObject({ end: 'stop', position: 15, hasCrossedFrame: true });
    expect(file(3, 'J\x00\x00abcdN.')).toMatchObject({ end: 'stop', position: 18 });
    expect(file(3, 'I1222\nN.')).toMatchObject({ end: 'stop', position: 17 });
    expect(file(3, 'cxxos\nsystem\nN.')).toMatchObject({ end: 'stop' });
  });

  test('a frame longer than the file is told and does not end the run', () => {
    expect(run(pickle(op.frame(1000), op.raw('N.'))).outcome).toMatchObject({ end: 'stop', hasOverlongFrame: true });
    expect(run(pickle(op.frame(2), op.raw('N.'))).outcome).toMatchObject({ end: 'stop', hasOverlongFrame: false });
  });

  test('a frame inside a frame changes nothing', () => {
    const inner = pickle(op.frame(2), op.raw('NN0.'));
    expect(run(pickle(op.frame(inner.length), inner), { reading: 'file' }).outcome).toMatchObject({
      end: 'stop',
      hasCrossedFrame: false,
    });
  });

  test('a frame that outlasts the one it begins in ends that one', () => {
    const inner = pickle(op.frame(4), op.raw('NN'));
    const bytes = pickle(op.frame(inner.length), inner, op.raw('K\x01N.'), op.raw('..'));
    expect(run(bytes, { reading: 'memory' }).outcome).toMatchObject({ hasCrossedFrame: true, opcodes: 7, end: 'stop' });
    expect(run(bytes, { reading: 'file' }).outcome).toMatchObject({ hasCrossedFrame: true, opcodes: 5, end: 'stop' });
    expect(run(bytes.subarray(0, -4), { reading: 'file' }).outcome.hasOverlongFrame).toBe(true);
    expect(run(bytes.subarray(0, -4), { reading: 'memory' }).outcome.hasOverlongFrame).toBe(false);
  });

  test('a frame that ends with an opcode is not crossed, whatever follows', () => {
    const bytes = pickle(op.frame(2), op.raw('K\x01'), op.frame(5), op.raw('U\x02ab.'));
    for (const reading of ['memory', 'file'] as const) {
      expect(run(bytes, { reading }).outcome).toMatchObject({ end: 'stop', hasCrossedFrame: false });
    }
  });

  test('a line may end with its frame, but not behind it', () => {
    const line = (frame: number): MachineOutcome => run(pickle(op.frame(frame), op.raw('I12\n.'))).outcome;
    expect(line(4)).toMatchObject({ end: 'stop', hasCrossedFrame: false });
    expect(line(3)).toMatchObject({ end: 'stop', hasCrossedFrame: true });
  });
});

describe('the reader', () => {
  test('holds no more than it was told to, or than there is', () => {
    expect(readerOf(Buffer.alloc(1000), 900).bytes).toHaveLength(100);
    expect(readerOf(Buffer.alloc(1000), 0, { window: 200 }).bytes).toHaveLength(200);
    expect(readerOf(Buffer.alloc(1000), 0, { window: 8 }).bytes).toHaveLength(64);
  });

  test('makes bytes stand at its cursor until they run out', () => {
    const reader = readerOf(Buffer.from('abcdefgh'.repeat(20)), 3, { window: 64 });
    for (let taken = 0; taken < 156; taken += 4) {
      expect(reader.ensure(4)).toBe(true);
      expect(Buffer.from(reader.bytes.subarray(reader.cursor, reader.cursor + 4)).toString()).toMatch(/^(defg|habc)$/);
      reader.cursor += 4;
    }
    expect([reader.ensure(1), reader.ensure(2), reader.position]).toEqual([true, false, 159]);
    expect(reader.bytes[reader.cursor]).toBe('h'.charCodeAt(0));
  });

  test('jumps to and fro, as far as the end', () => {
    const reader = readerOf(Buffer.from('0123456789'.repeat(20)), 0, { window: 64 });
    const digitAt = (position: number): string => {
      expect([reader.seek(position), reader.position, reader.ensure(1)]).toEqual([true, position, true]);
      return String.fromCharCode(reader.bytes[reader.cursor]!);
    };
    expect([5, 3, 63, 64, 137, 199, 0, 42].map(digitAt)).toEqual(['5', '3', '3', '4', '7', '9', '0', '2']);
    expect([reader.seek(200), reader.ensure(1), reader.seek(201), reader.position]).toEqual([true, false, false, 200]);
  });

  test('looks for a line feed as far as it may', () => {
    const line = pickle(op.raw('x'.repeat(300)), op.raw('\nrest'));
    expect(readerOf(line, 10, { window: 64 }).skipLine(291)).toBe(10);
    expect(readerOf(line, 10, { window: 64 }).skipLine(0)).toBeUndefined();
    const reader = readerOf(line, 10);
    expect([reader.skipLine(), reader.position, reader.skipLine(), reader.position]).toEqual([10, 301, undefined, 301]);
  });

  test('gives a long line up when the time is up', () => {
    const bytes = pickle(op.raw('x'.repeat(300)), op.raw('\n'));
    expect(readerOf(bytes, 0, { window: 64, isExpired: () => true }).skipLine()).toBeUndefined();
    expect(readerOf(bytes, 0, { window: 64, isExpired: () => false }).skipLine()).toBe(0);
  });

  test('finds a line feed a million bytes away, but not for the name of an object', () => {
    const far = 'x'.repeat(1_100_000);
    expect(run(op.raw(`S'${far}'\n.`), { window: 64 }).outcome.end).toBe('stop');
    expect(run(op.raw(`P${far.slice(0, 1_000_000)}\n.`), { window: 64 }).outcome.end).toBe('stop');
    const { end, reason } = run(op.raw(`P${far}${far}\n.`), { window: 64 }).outcome;
    expect([end, reason]).toEqual(['truncated', 'an argument is cut off']);
  });

  test('takes numbers with the least byte first', () => {
    const reader = readerOf(Buffer.from([1, 2, 3, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0x20, 0]));
    expect(reader.ensure(15)).toBe(true);
    expect([1, 2, 4, 8].map((width) => reader.takeNumber(width))).toEqual([1, 0x302, 2 ** 32 - 1, 2 ** 53]);
  });
});
