import { describe, expect, test } from 'vitest';
import { run } from '../fixtures/machine-run';
import { op, pickle } from '../fixtures/pickle-builder';

const UNDERFLOW = 'broken: the stack is empty';
const NO_MARK = 'broken: there is no MARK';
const CUT_OFF = 'truncated: an argument is cut off';

/** What breaks is followed by a whole pickle, so that nothing else can break it. */
describe('the end of a stream', () => {
  test.each([
    ['STOP with a value', 'N.', 'stop'],
    ['STOP without a value', '.', UNDERFLOW],
    ['STOP under a mark', 'N(.', UNDERFLOW],
    ['no STOP', 'N', 'truncated: the stream ends without STOP'],
    ['nothing', '', 'truncated: the stream ends without STOP'],
    ['an unknown opcode', 'N\xffN.', 'broken: unknown opcode 255'],
    ['POP of nothing', '0N.', UNDERFLOW],
    ['POP of a mark', '(0N.', 'stop'],
    ['POP of a value', 'NN0.', 'stop'],
    ['POP_MARK', 'N(NN1.', 'stop'],
    ['POP_MARK without a mark', 'N1N.', NO_MARK],
    ['DUP of nothing', '2N.', UNDERFLOW],
    ['DUP', 'N2\x86.', 'stop'],
    ['TUPLE without a mark', 'NtN.', NO_MARK],
    ['TUPLE2 of one value', 'N\x86N.', UNDERFLOW],
    ['TUPLE3 over a mark', 'NN(N\x87N.', UNDERFLOW],
    ['TUPLE1 of nothing', '\x85N.', UNDERFLOW],
    ['LIST without a mark', 'lN.', NO_MARK],
    ['LIST', '(NNl.', 'stop'],
    ['DICT', '(NNd.', 'stop'],
    ['FROZENSET', '(NN\x91.', 'stop'],
    ['APPEND to nothing', 'NaN.', UNDERFLOW],
    ['APPEND over a mark', ']N(aN.', UNDERFLOW],
    ['SETITEM to nothing', 'NNsN.', UNDERFLOW],
    ['APPENDS with nothing under the mark', '(NeN.', UNDERFLOW],
    ['APPENDS of nothing', '](e.', 'stop'],
    ['APPENDS without a mark', ']NeN.', NO_MARK],
    ['ADDITEMS under another mark', '\x8f((N\x90N.', UNDERFLOW],
    ['a memo key that is missing', 'h\x01N.', 'broken: the memo has no entry 1'],
    ['MEMOIZE of nothing', '\x94N.', 'broken: memo of an empty stack'],
    ['BINPUT under a mark', 'N(q\x00N.', 'broken: memo of an empty stack'],
    ['GET of no number', 'Np0\ngx\nN.', 'broken: a memo key is not a number'],
    ['PUT of a negative number', 'Np-1\nN.', 'broken: a memo key is not a number'],
    ['PUT of no number', 'Npx\nN.', 'broken: a memo key is not a number'],
    ['PUT and GET', 'Np1\n0g1\n.', 'stop'],
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
    ['GLOBAL without a name', 'cos\n', 'truncated: a global is cut off'],
    ['INST without a mark', 'ios\nsystem\nN.', NO_MARK],
    ['INST that is cut off', '(ios\nsystem', 'truncated: a class is cut off'],
    ['INST without a name', '(ios\n', 'truncated: a class is cut off'],
    ['OBJ without a mark', 'NoN.', NO_MARK],
    ['OBJ of nothing', '(oN.', UNDERFLOW],
    ['OBJ of a number', '(K\x01oN.', 'broken: OBJ of something that is no class'],
    ['OBJ of False', '(\x89oN.', 'broken: OBJ of something that is no class'],
    ['REDUCE of one value', 'NRN.', UNDERFLOW],
    ['REDUCE of a number', 'K\x01)RN.', 'broken: REDUCE of something that cannot be called'],
    ['REDUCE of a list', '])RN.', 'broken: REDUCE of something that cannot be called'],
    ['REDUCE of a tuple', 'N\x85)RN.', 'broken: REDUCE of something that cannot be called'],
    ['NEWOBJ of a text', 'U\x01a)\x81N.', 'broken: NEWOBJ of something that is no class'],
    ['NEWOBJ of one value', ')\x81N.', UNDERFLOW],
    ['NEWOBJ_EX of two values', 'N)\x92N.', UNDERFLOW],
    ['BUILD of one value', 'NbN.', UNDERFLOW],
    ['STACK_GLOBAL of numbers', 'K\x01K\x02\x93N.', 'broken: STACK_GLOBAL without text'],
    ['STACK_GLOBAL of a module that is a number', 'K\x01U\x01a\x93N.', 'broken: STACK_GLOBAL without text'],
    ['STACK_GLOBAL of a name that is a number', 'U\x01aK\x01\x93N.', 'broken: STACK_GLOBAL without text'],
    ['STACK_GLOBAL of None', 'NN\x93N.', 'broken: STACK_GLOBAL without text'],
    ['STACK_GLOBAL of a name that is a tuple', 'U\x01aN\x85\x93N.', 'broken: STACK_GLOBAL without text'],
    ['STACK_GLOBAL of one value', 'U\x01a\x93N.', UNDERFLOW],
    ['STACK_GLOBAL of nothing', '\x93N.', UNDERFLOW],
    ['BINPERSID of nothing', 'QN.', UNDERFLOW],
    ['PERSID that is cut off', 'Pabc', CUT_OFF],
    ['PERSID', 'Pabc\n.', 'stop'],
    ['EXT of zero', '\x82\x00N.', 'broken: an extension code is not positive'],
    ['EXT4 of a negative code', '\x84\xff\xff\xff\xffN.', 'broken: an extension code is not positive'],
    ['EXT4 of the least code', '\x84\0\0\0\x80N.', 'broken: an extension code is not positive'],
    ['EXT4 of the greatest code', '\x84\xff\xff\xff\x7f.', 'stop'],
    ['EXT that is cut off', '\x83\x01', 'truncated: an extension code is cut off'],
    ['READONLY_BUFFER of nothing', '\x98N.', UNDERFLOW],
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

describe('numbers without a sign', () => {
  test('are the keys of the memo', () => {
    expect(run(op.raw('Nq\xff0h\xff.')).outcome.end).toBe('stop');
    expect(run(op.raw('Nr\xff\xff\xff\xff0j\xff\xff\xff\xff.')).outcome.end).toBe('stop');
    expect(run(op.raw('Nq\x010h\x02.')).outcome.end).toBe('broken');
  });

  test('are the protocol and the length of a frame', () => {
    expect(run(op.raw('\x80\xffN.')).outcome).toMatchObject({ end: 'stop', hasUnsupportedProtocol: true });
    const frame = op.raw('\x95\xff\xff\xff\xff\xff\xff\xff\xff');
    expect(run(pickle(frame, op.raw('N.'))).outcome).toMatchObject({ end: 'stop', hasOverlongFrame: true });
  });
});

describe('what is known of the state that BUILD sets', () => {
  const object = pickle(op.global('m', 'C'), op.emptyTuple, op.newobj);
  const [key, value, other] = [op.text('k'), op.text('v'), op.text('o')];
  const filled = pickle(op.emptyDict, op.mark, key, value, op.raw('u'));
  const fieldsOf = (state: Uint8Array): unknown => run(pickle(object, state, op.build, op.stop)).states;

  test('is what one SETITEMS or SETITEM directly before it has put', () => {
    expect(fieldsOf(filled)).toEqual([['k', 'v']]);
    expect(fieldsOf(pickle(op.emptyDict, key, value, op.setItem))).toEqual([['k', 'v']]);
  });

  test.each([
    ['after SETITEMS and SETITEM', pickle(filled, key, other, op.setItem)],
    ['after two SETITEMS', pickle(filled, op.mark, key, other, op.raw('u'))],
    ['after a SETITEMS without items', pickle(filled, op.mark, op.raw('u'))],
    ['of a dictionary made with its items', pickle(op.mark, key, value, op.raw('d'))],
    ['of another dictionary', pickle(op.emptyDict, filled, op.pop)],
    ['of a list', pickle(op.raw(']'), op.mark, key, value, op.raw('e'))],
    ['of a pair of dictionaries', pickle(op.emptyDict, filled, op.tuple2)],
    ['of none', op.emptyDict],
  ])('is nothing %s', (_what, state) => {
    expect(fieldsOf(state)).toEqual([undefined]);
  });

  test('is gone with the next BUILD', () => {
    const twice = pickle(object, filled, op.build, op.emptyDict, op.build, op.stop);
    expect(run(twice).states).toEqual([['k', 'v'], undefined]);
  });

  test.each([
    ['a copy', op.raw('}2'), true],
    ['the memo', op.raw('}\x94h\x00'), true],
    ['the place where it was made', op.raw('}'), false],
    ['the place where it was made, beside the memo', op.raw('}\x94'), false],
  ])('is doubted once a dictionary was filled through %s, or not', (_what, dict, expected) => {
    expect(run(pickle(dict, key, value, op.setItem, op.stop)).hasSharedFill).toBe(expected);
    expect(run(pickle(dict, op.mark, key, value, op.raw('u'), op.stop)).hasSharedFill).toBe(expected);
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
