import { describe, expect, test } from 'vitest';
import { run } from '../fixtures/machine-run';
import { op, pickle } from '../fixtures/pickle-builder';
import type { MachineOutcome } from './machine';

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
});
