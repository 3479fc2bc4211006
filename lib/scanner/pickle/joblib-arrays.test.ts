import { describe, expect, test } from 'vitest';
import { callPickle, op, pickle } from '../fixtures/pickle-builder';
import { scanBytes, summary } from '../fixtures/scan';

const short = (value: number): Buffer => pickle(op.raw('M'), Buffer.from([value & 0xff, value >> 8]));
const pair = (name: string, value: Uint8Array): Buffer => pickle(op.text(name), value);
const wrapper = op.global('joblib.numpy_pickle', 'NumpyArrayWrapper');
const made = pickle(wrapper, op.emptyTuple, op.newobj);
const fresh = (...items: readonly Uint8Array[]): Buffer => pickle(op.emptyDict, op.mark, ...items, op.raw('u'));
const lengths = (...values: readonly number[]): Buffer => pickle(op.mark, ...values.map(short), op.tuple);

const typeNamed = (name: string): Buffer => pickle(op.global('numpy', 'dtype'), op.text(name), op.tuple1, op.reduce);
const NONE = op.raw('N');
const MINUS_ONE = op.raw('J\xff\xff\xff\xff');
const typeState = (width: Uint8Array, flags: number, fields: Uint8Array = pickle(NONE, NONE, NONE)): Buffer =>
  pickle(op.mark, op.number(3), op.text('|'), fields, width, op.number(1), op.number(flags), op.tuple, op.build);
/** As numpy writes them: the type by its short name, then its state. */
const bytesType = pickle(typeNamed('u1'), typeState(MINUS_ONE, 0));

const fields = (count: Uint8Array, type: Uint8Array = bytesType, ...more: readonly Uint8Array[]): readonly Buffer[] => [
  pair('subclass', op.global('numpy', 'ndarray')),
  pair('shape', count),
  pair('order', op.text('C')),
  pair('dtype', type),
  pair('allow_mmap', op.raw('\x88')),
  ...more.map((one) => Buffer.from(one)),
];
const ten = lengths(10);
const aligned = pair('numpy_array_alignment_bytes', op.number(16));
const array = (count: Uint8Array, type: Uint8Array, ...more: readonly Uint8Array[]): Buffer =>
  pickle(made, fresh(...fields(count, type, ...more)), op.build);

const evil = callPickle('os', 'system').subarray(2);
/** Ten bytes that would end the pickle if they were opcodes. */
const content = Buffer.from('0N........');
const scan = async (...parts: readonly Uint8Array[]): Promise<string[]> =>
  summary(await scanBytes('m.joblib', pickle(op.proto(4), ...parts)));

describe('the pickle goes on behind an array', () => {
  const structure = (width: number, flags: number): Buffer => {
    const inside = pickle(op.emptyDict, op.text('a'), typeNamed('u1'), op.number(0), op.tuple2, op.setItem);
    const state = typeState(op.number(width), flags, pickle(NONE, op.text('a'), op.tuple1, inside));
    return pickle(typeNamed(`V${width}`), state);
  };
  test.each([
    ['of bytes', array(ten, bytesType), content],
    ['of doubles', array(lengths(5, 2), pickle(typeNamed('f8'), typeState(MINUS_ONE, 0))), Buffer.alloc(80, 0xff)],
    ['of four-byte letters', array(lengths(2), pickle(typeNamed('U5'), typeState(op.number(20), 8))), Buffer.alloc(40)],
    ['of structures', array(ten, structure(7, 16)), Buffer.alloc(70)],
    ['whose type is not built', array(ten, typeNamed('<i2')), Buffer.alloc(20)],
    ['with padding', array(ten, bytesType, aligned), pickle(Buffer.from([2, 0xff, 0xff]), content)],
    ['without dimensions', array(op.emptyTuple, bytesType), Buffer.alloc(1)],
    ['of objects', array(ten, pickle(typeNamed('O8'), typeState(MINUS_ONE, 63))), op.raw('\x80\x02N.')],
    ['of structures with objects', array(ten, structure(8, 27)), op.raw('\x80\x02N.')],
    ['that ends its frame', pickle(op.frame(array(ten, bytesType).length), array(ten, bytesType)), content],
    [
      'written by scikit-learn’s own joblib',
      pickle(
        op.global('sklearn.externals.joblib.numpy_pickle', 'NumpyArrayWrapper'),
        op.emptyTuple,
        op.newobj,
        fresh(...fields(ten)),
        op.build,
      ),
      content,
    ],
  ])('%s', async (_what, before, bytes) => {
    expect(await scan(before, bytes, op.pop, op.raw('N.'))).toEqual([]);
    expect(await scan(before, bytes, op.pop, evil)).toEqual(['PKL-002 CRITICAL']);
  });

  test('twice, with the class, the type and the names from the memo', async () => {
    const names = ['shape', 'dtype'].map((name) => pickle(op.text(name), op.memoize, op.pop));
    const before = pickle(wrapper, op.memoize, op.pop, bytesType, op.memoize, op.pop, ...names);
    const state = fresh(op.raw('h\x02'), ten, op.raw('h\x03'), op.raw('h\x01'));
    const one = pickle(op.raw('h\x00'), op.emptyTuple, op.newobj, state, op.build, content, op.pop);
    expect(await scan(before, one, one, evil)).toEqual(['PKL-002 CRITICAL']);
  });
});

describe('what follows an array is left unread', () => {
  const [zero] = [lengths(0)];
  const state = fresh(...fields(ten));
  test.each([
    ['a decoy dictionary is filled last', pickle(made, state, fresh(...fields(zero)), op.pop, op.build)],
    ['its dictionary is filled before', pickle(made, op.emptyDict, aligned, op.setItem, state.subarray(1), op.build)],
    [
      'its dictionary is filled through a copy',
      pickle(made, op.emptyDict, op.raw('2'), aligned, op.setItem, op.pop, state.subarray(1), op.build),
    ],
    [
      'its dictionary is filled through the memo',
      pickle(
        made,
        op.raw('}\x94'),
        op.mark,
        op.raw('h\x00'),
        aligned,
        op.setItem,
        op.pop,
        ...fields(ten),
        op.raw('u'),
        op.build,
      ),
    ],
    ['its state comes from the memo', pickle(state, op.memoize, op.pop, made, op.raw('h\x00'), op.build)],
    ['its state is a pair', pickle(made, fresh(...fields(zero)), fresh(...fields(ten)), op.tuple2, op.build)],
    ['a field is stated twice', pickle(made, fresh(...fields(ten, bytesType, pair('shape', zero))), op.build)],
    [
      'a field is named in bytes',
      pickle(made, fresh(...fields(ten, bytesType, op.bytes(Buffer.from('shape')), zero)), op.build),
    ],
    ['a method is replaced', array(ten, bytesType, pair('read_array', op.global('builtins', 'int')))],
    ['the alignment is no number', array(ten, bytesType, pair('numpy_array_alignment_bytes', NONE))],
    ['there is no shape', pickle(made, fresh(pair('dtype', bytesType)), op.build)],
    ['the shape comes from the memo', array(pickle(ten, op.raw('\x940h\x00')), bytesType)],
    ['a length is written as text', array(pickle(op.text('10'), op.tuple1), bytesType)],
    ['a length is octal to some', array(op.raw('I012\n\x85'), bytesType)],
    ['two lengths are negative', array(op.raw('\x8a\x01\xff\x8a\x01\xf6\x86'), bytesType)],
    ['the type is spelt out', array(ten, typeNamed('uint8'))],
    ['the type is one letter', array(ten, typeNamed('d'))],
    ['the type is not stated', array(ten, NONE)],
    ['the type is larger than its name', array(ten, pickle(typeNamed('V1'), typeState(op.number(10), 0)))],
    ['the type holds objects, its name does not', array(ten, pickle(typeNamed('f8'), typeState(MINUS_ONE, 63)))],
    [
      'the type has fields, its name does not',
      array(ten, pickle(typeNamed('f8'), typeState(MINUS_ONE, 0, pickle(NONE, NONE, op.emptyDict)))),
    ],
    ['the type’s state is no tuple', array(ten, pickle(typeNamed('f8'), op.emptyDict, op.build))],
    [
      'the type’s state is of a later version',
      array(
        ten,
        pickle(
          typeNamed('V1'),
          op.mark,
          op.number(5),
          op.text('|'),
          NONE,
          NONE,
          NONE,
          op.number(1),
          op.number(1),
          op.number(0),
          op.tuple,
          op.build,
        ),
      ),
    ],
    [
      'the type is changed through the memo',
      pickle(typeNamed('V1'), op.memoize, typeState(op.number(10), 0), op.pop, array(ten, op.raw('h\x00'))),
    ],
    [
      'it is built a second time',
      pickle(made, op.memoize, fresh(...fields(zero)), op.build, op.pop, op.raw('h\x00'), state, op.build),
    ],
    ['it is made with arguments', pickle(wrapper, op.mark, NONE, op.tuple, op.reduce, state, op.build)],
    ['it is made by NEWOBJ_EX', pickle(wrapper, op.emptyTuple, op.emptyDict, op.raw('\x92'), state, op.build)],
    ['it is made by INST', pickle(op.mark, op.inst('joblib.numpy_pickle', 'NumpyArrayWrapper'), state, op.build)],
    [
      'it is made by another function',
      pickle(
        op.global('copyreg', '_reconstructor'),
        wrapper,
        op.global('builtins', 'object'),
        NONE,
        op.raw('\x87'),
        op.reduce,
        state,
        op.build,
      ),
    ],
    [
      'it is handed to a callable that was harmless before',
      pickle(
        op.global('uuid', 'UUID'),
        op.memoize,
        op.text('x'),
        op.tuple1,
        op.reduce,
        op.pop,
        op.raw('h\x00'),
        wrapper,
        op.tuple1,
        op.reduce,
      ),
    ],
    [
      'it is made of a tuple from the memo',
      pickle(
        wrapper,
        op.raw('\x85\x940'),
        op.global('copyreg', '__newobj__'),
        op.raw('h\x00'),
        op.reduce,
        state,
        op.build,
      ),
    ],
    [
      'it is reached through another module',
      pickle(
        op.global('joblib._store_backends', 'numpy_pickle.NumpyArrayWrapper'),
        op.emptyTuple,
        op.newobj,
        state,
        op.build,
      ),
    ],
    [
      'its class is set through slots',
      pickle(
        op.global('argparse', 'Namespace'),
        op.emptyTuple,
        op.newobj,
        op.emptyDict,
        op.emptyDict,
        op.mark,
        pair('__class__', wrapper),
        ...fields(ten),
        op.raw('u'),
        op.tuple2,
        op.build,
      ),
    ],
    [
      'it lies in a file anywhere',
      pickle(
        op.global('joblib.numpy_pickle', 'NDArrayWrapper'),
        op.emptyTuple,
        op.newobj,
        fresh(pair('filename', op.text('/x/y.npy'))),
        op.build,
      ),
    ],
    [
      'it lies in a file beside, but is read by another function',
      pickle(
        op.global('joblib.numpy_pickle', 'NDArrayWrapper'),
        op.emptyTuple,
        op.newobj,
        fresh(pair('filename', op.text('a.npy')), pair('read', op.global('x', 'y'))),
        op.build,
      ),
    ],
    [
      'its type denies that it holds objects',
      array(
        ten,
        pickle(
          typeNamed('V8'),
          typeState(
            op.number(8),
            0,
            pickle(
              NONE,
              op.text('a'),
              op.tuple1,
              op.emptyDict,
              op.text('a'),
              typeNamed('O'),
              op.number(0),
              op.tuple2,
              op.setItem,
            ),
          ),
        ),
      ),
    ],
  ])('when %s', async (_how, before) => {
    expect(await scan(before, content, op.pop, evil)).toContain(
      before.includes('__class__') ? 'PKL-008 HIGH' : 'PKL-014 HIGH',
    );
  });

  test('unless it lies in a file beside', async () => {
    const beside = fresh(pair('filename', op.text('m.pkl_01.npy')), pair('subclass', op.global('numpy', 'ndarray')));
    const one = pickle(op.global('joblib.numpy_pickle', 'NDArrayWrapper'), op.emptyTuple, op.newobj, beside, op.build);
    expect(await scan(one, op.raw('.'))).toEqual([]);
    expect(await scan(one, op.pop, evil)).toEqual(['PKL-002 CRITICAL']);
  });

  test('when its frame has a rest, which joblib reads before the array', async () => {
    const frame = pickle(array(lengths(200), bytesType), op.pop, evil);
    expect(await scan(op.frame(frame.length), frame, Buffer.alloc(200))).toContain('PKL-014 HIGH');
  });
});

describe('an unpickler that knows nothing of joblib takes the bytes of an array for opcodes', () => {
  const hidden = pickle(op.pop, evil);
  test('a call among them is found', async () => {
    expect(await scan(array(lengths(hidden.length), bytesType), hidden, op.raw('.'))).toEqual(['PKL-002 CRITICAL']);
  });

  test('an inner loader’s bytes are looked into', async () => {
    const loader = pickle(
      op.global('torch.storage', '_load_from_bytes'),
      op.bytes(callPickle('os', 'system')),
      op.tuple1,
      op.reduce,
    );
    expect(await scan(array(lengths(loader.length), bytesType), loader, op.raw('.'))).toEqual(['PKL-002 CRITICAL']);
  });

  test('so does joblib inside an array of objects', async () => {
    const inner = pickle(op.proto(4), array(lengths(hidden.length), bytesType), hidden);
    const objects = pickle(typeNamed('O8'), typeState(MINUS_ONE, 63));
    expect(await scan(array(ten, objects), inner, op.pop, op.raw('N.'))).toEqual(['PKL-002 CRITICAL']);
  });

  test('little matters and accidents among them are not blamed', async () => {
    const accident = pickle(
      op.global('numbers', 'Number'),
      op.emptyTuple,
      op.newobj,
      op.global('\x01', '\x02'),
      callPickle('nobody', 'knows').subarray(2, -1),
      op.raw('\0'),
    );
    expect(await scan(array(lengths(accident.length), bytesType), accident, op.raw('.'))).toEqual([]);
  });
});

test('an array that ends behind the file is a stream that breaks', async () => {
  expect(await scan(array(lengths(11), bytesType), content)).toEqual(['PKL-012 MEDIUM']);
});
