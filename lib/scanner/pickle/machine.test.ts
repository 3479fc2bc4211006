import { describe, expect, test } from 'vitest';
import { run } from '../fixtures/machine-run';
import { op, pickle } from '../fixtures/pickle-builder';

describe('a run', () => {
  test('the position is behind the last byte, and the opcodes are counted', () => {
    const { outcome } = run(op.raw('\x80\x02NK\x010.junk'));
    expect(outcome).toMatchObject({
      position: 7,
      opcodes: 5,
      start: 0,
      hasProtocol: true,
      hasUnsupportedProtocol: false,
      reason: '',
    });
    expect(run(op.raw('\x80\x06N.')).outcome.hasUnsupportedProtocol).toBe(true);
    expect(run(op.raw('\x80\x05N.')).outcome.hasUnsupportedProtocol).toBe(false);
    expect(run(Buffer.from('N.')).outcome.hasProtocol).toBe(false);
  });

  test('the limits on opcodes and time end a run', () => {
    expect(run(Buffer.alloc(10, 'N'), { opcodes: 5 }).outcome).toMatchObject({ end: 'exhausted', opcodes: 5 });
    expect(run(Buffer.alloc(200_000, 'N'), { isExpired: true }).outcome).toMatchObject({
      end: 'timeout',
      opcodes: 65_536,
    });
  });

  test('literals that may hold a payload are shown with their first bytes', () => {
    const bytes = pickle(
      op.text('!abcdefgh'),
      op.text('?abcdefgh'),
      op.text('!abc'),
      op.bytes(Buffer.from('!12345678')),
      op.raw("S'!quoted-text'\n"),
      op.raw('\x8a\x08!2345678'),
      op.stop,
    );
    expect(run(bytes).literals).toEqual([
      { start: 5, length: 9, type: 'text', head: '!abc' },
      { start: 42, length: 9, type: 'bytes', head: '!123' },
      { start: 53, length: 12, type: 'text', head: '!quo' },
    ]);
  });
});
