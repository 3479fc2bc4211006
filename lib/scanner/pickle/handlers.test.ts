import { describe, expect, test } from 'vitest';
import { run } from '../fixtures/machine-run';
import { op, pickle } from '../fixtures/pickle-builder';

const UNDERFLOW = 'broken: the stack is empty';
const NO_MARK = 'broken: there is no MARK';
const CUT_OFF = 'truncated: an argument is cut off';

describe('the end of a stream', () => {
  test.each([
    ['STOP with a value', 'N.', 'stop'],
    ['STOP without a value', '.', UNDERFLOW],
    ['STOP under a mark', 'N(.', UNDERFLOW],
    ['no STOP', 'N', 'truncated: the stream ends without STOP'],
    ['nothing', '', 'truncated: the stream ends without STOP'],
    ['an unknown opcode', 'N\xff', 'broken: unknown opcode 255'],
    ['POP of nothing', '0', UNDERFLOW],
    ['POP of a mark', '(0N.', 'stop'],
    ['POP of a value', 'NN0.', 'stop'],
    ['POP_MARK', 'N(NN1.', 'stop'],
    ['POP_MARK without a mark', 'N1.', NO_MARK],
    ['DUP of nothing', '2', UNDERFLOW],
    ['TUPLE without a mark', 'Nt.', NO_MARK],
    ['TUPLE2 of one value', 'N\x86.', UNDERFLOW],
    ['TUPLE3 over a mark', 'NN(N\x87.', UNDERFLOW],
    ['LIST without a mark', 'l.', NO_MARK],
    ['APPEND to nothing', 'Na.', UNDERFLOW],
    ['SETITEM to nothing', 'NNs.', UNDERFLOW],
    ['APPENDS with nothing under the mark', '(Ne.', UNDERFLOW],
    ['APPENDS of nothing', '](e.', 'stop'],
    ['a memo key that is missing', 'h\x01.', 'broken: the memo has no entry 1'],
    ['MEMOIZE of nothing', '\x94.', 'broken: memo of an empty stack'],
    ['BINPUT under a mark', 'N(q\x00.', 'broken: memo of an empty stack'],
    ['GET of no number', 'Np0\ngx\n.', 'broken: a memo key is not a number'],
    ['PUT of a negative number', 'Np-1\n.', 'broken: a memo key is not a number'],
    ['GET that is cut off', 'g1', CUT_OFF],
    ['PUT that is cut off', 'Np1', CUT_OFF],
    ['BINGET that is cut off', 'h', CUT_OFF],
    ['LONG_BINGET that is cut off', 'j\x00\x00\x00', CUT_OFF],
    ['BINPUT that is cut off', 'Nq', CUT_OFF],
    ['PROTO that is cut off', '\x80', CUT_OFF],
    ['FRAME that is cut off', '\x95\x00\x00\x00', CUT_OFF],
    ['a number that is cut off', 'J\x00\x00', 'truncated: a number is cut off'],
    ['a text that is cut off', 'U\x05abc', 'truncated: a literal is cut off'],
    ['a length that is cut off', 'X\x05\x00', 'truncated: a length is cut off'],
    ['a negative length', 'T\xff\xff\xff\xffabc', 'broken: a length is negative'],
    ['a negative LONG4', '\x8b\xff\xff\xff\xffabc', 'broken: a length is negative'],
    ['a line that is cut off', 'I12', 'truncated: a line is cut off'],
    ['GLOBAL that is cut off', 'cos\nsystem', 'truncated: a global is cut off'],
    ['INST without a mark', 'ios\nsystem\n.', NO_MARK],
    ['INST that is cut off', '(ios\nsystem', 'truncated: a class is cut off'],
    ['OBJ without a mark', 'No.', NO_MARK],
    ['OBJ of nothing', '(o.', UNDERFLOW],
    ['OBJ of a number', '(K\x01o.', 'broken: OBJ of something that is no class'],
    ['REDUCE of one value', 'NR.', UNDERFLOW],
    ['REDUCE of a number', 'K\x01)R.', 'broken: REDUCE of something that cannot be called'],
    ['NEWOBJ of a text', 'U\x01a)\x81.', 'broken: NEWOBJ of something that is no class'],
    ['NEWOBJ_EX of two values', 'N)\x92.', UNDERFLOW],
    ['BUILD of one value', 'Nb.', UNDERFLOW],
    ['STACK_GLOBAL of numbers', 'K\x01K\x02\x93.', 'broken: STACK_GLOBAL without text'],
    ['STACK_GLOBAL of None', 'NN\x93.', 'broken: STACK_GLOBAL without text'],
    ['STACK_GLOBAL of one value', 'U\x01a\x93.', UNDERFLOW],
    ['STACK_GLOBAL of nothing', '\x93.', UNDERFLOW],
    ['BINPERSID of nothing', 'Q.', UNDERFLOW],
    ['PERSID that is cut off', 'Pabc', CUT_OFF],
    ['PERSID', 'Pabc\n.', 'stop'],
    ['EXT of zero', '\x82\x00.', 'broken: an extension code is not positive'],
    ['EXT4 of a negative code', '\x84\xff\xff\xff\xff.', 'broken: an extension code is not positive'],
    ['EXT that is cut off', '\x83\x01', 'truncated: an extension code is cut off'],
    ['READONLY_BUFFER of nothing', '\x98.', UNDERFLOW],
    ['NEXT_BUFFER', '\x97\x98.', 'stop'],
  ])('%s', (_what, stream, expected) => {
    const { end, reason } = run(op.raw(stream)).outcome;
    expect(reason === '' ? end : `${end}: ${reason}`).toBe(expected);
  });
});

describe('items set in the result of a call', () => {
  const made = 'cm\nf\n)R';
  test.each([
    ['SETITEM', `${made}NNs.`, ['m.f() @9']],
    ['SETITEMS', `${made}(NNNNu.`, ['m.f() @12']],
    ['SETITEM of a dictionary', '}NNs.', []],
    ['APPEND', `${made}Na.`, []],
    ['APPENDS', `${made}(NNe.`, []],
    ['ADDITEMS', `${made}(NN\x90.`, []],
    ['SETITEM of nothing', 'NNs.', []],
    ['SETITEMS without a mark', `${made}u.`, []],
  ])('%s', (_name, stream, expected) => {
    expect(run(op.raw(stream)).fills).toEqual(expected);
  });
});

describe('the memo', () => {
  test('names from the memo, over any number of copies', () => {
    const bytes = pickle(
      op.text('os'),
      op.raw('q\x05'),
      op.text('system'),
      op.raw('r\x00\x01\x00\x00'),
      op.raw('00'),
      op.raw('h\x05'),
      op.raw('j\x00\x01\x00\x00'),
      op.stackGlobal,
      op.stop,
    );
    expect(run(bytes).names).toEqual(['os.system']);
  });
});
