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

  test.each([
    ['eight bytes', 'U\x08!2345678', [{ start: 2, length: 8, type: 'text', head: '!234' }]],
    ['seven bytes', 'U\x07!234567', []],
    ['a line of eight bytes', 'V!2345678\n', [{ start: 1, length: 8, type: 'text', head: '!234' }]],
    ['a line of seven bytes', 'V!234567\n', []],
    ['a long number on a line', 'I12345678\n', []],
  ])('%s may or may not hold a payload', (_what, stream, expected) => {
    expect(run(op.raw(`${stream}.`)).literals).toEqual(expected);
  });

  test('a literal that ends behind the window is shown whatever it begins with', () => {
    const bytes = pickle(
      op.text('?'.repeat(100)),
      op.bytes(Buffer.alloc(70, 'b')),
      op.raw('U\x07??'),
      op.raw('?????.'),
    );
    expect(run(bytes, { window: 64 }).literals).toEqual([
      { start: 5, length: 100, type: 'text', head: '????' },
      { start: 110, length: 70, type: 'bytes', head: 'bbbb' },
    ]);
    const number = pickle(op.raw('\x8a\xc8'), Buffer.alloc(200), op.stop);
    expect(run(number, { window: 64 })).toMatchObject({ literals: [], outcome: { end: 'stop' } });
  });

  test('names are cut where no import could follow, and read as UTF-8', () => {
    const [name] = run(op.global('m'.repeat(70_000), 'f')).names;
    expect(name).toBe(`${'m'.repeat(65_536)}.f`);
    expect(run(op.raw('c\xc3\xa9\nf\xff\n')).names).toEqual(['é.f\ufffd']);
  });

  test('more marks than any model needs end it, more texts are not kept', () => {
    expect(run(Buffer.alloc((1 << 20) + 1, '(')).outcome).toMatchObject({
      end: 'exhausted',
      reason: 'the stack is larger than any model needs',
    });
    const numbers = Buffer.alloc(2 << 20, 'K\x01', 'latin1');
    expect(run(pickle(numbers, op.stop)).outcome).toMatchObject({ end: 'stop', isDegraded: false });
    expect(run(pickle(numbers, op.number(1), op.stop)).outcome).toMatchObject({ end: 'stop', isDegraded: true });
  });

  test('why it ended is told in words', () => {
    const nones = Buffer.alloc(70_000, 'N');
    expect(run(nones, { opcodes: 5 }).outcome.reason).toBe('more opcodes than the limit allows');
    expect(run(nones, { isExpired: true }).outcome.reason).toBe('time for this artifact is up');
    expect(run(op.raw('NNNN.'), { opcodes: 5, isExpired: true }).outcome).toMatchObject({ end: 'stop', reason: '' });
  });
});

describe('a pickle inside a pickle', () => {
  const object = op.raw('N)b');
  const nested = (depth: number): Buffer =>
    depth === 0 ? pickle(op.global('os', 'system'), op.stop) : pickle(object, nested(depth - 1), op.stop);

  test('has a stack and a memo of its own, and is followed by the rest', () => {
    const inner = pickle(op.text('system'), op.memoize, op.stop);
    const bytes = pickle(
      op.text('os'),
      op.memoize,
      object,
      inner,
      op.raw('h\x00'),
      op.text('fork'),
      op.stackGlobal,
      op.stop,
    );
    const { names, outcome } = run(bytes, { hasInner: true });
    expect({ names, ...outcome }).toMatchObject({
      names: ['os.fork'],
      end: 'stop',
      position: bytes.length,
      opcodes: 12,
    });
  });

  test('is left when it does not come to its end', () => {
    const bytes = pickle(object, op.raw('Nl'), op.stop);
    expect(run(bytes, { hasInner: true }).outcome).toMatchObject({ end: 'broken', reason: 'there is no MARK' });
  });

  test('may lie sixteen deep', () => {
    const { names, outcome } = run(nested(16), { hasInner: true });
    expect({ names, ...outcome }).toMatchObject({ names: ['os.system'], end: 'stop', position: nested(16).length });
    expect(run(nested(17), { hasInner: true }).outcome.position).toBeLessThan(nested(17).length);
  });
});
