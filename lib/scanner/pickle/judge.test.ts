import { describe, expect, test } from 'vitest';
import { op, pickle } from '../fixtures/pickle-builder';
import { scanBytes, summary } from '../fixtures/scan';

const NONE = op.raw('N');
const args = (...items: readonly Uint8Array[]): Buffer => pickle(op.mark, ...items, op.tuple);
const list = (...items: readonly Uint8Array[]): Buffer => pickle(op.mark, ...items, op.raw('l'));
const call = (callable: Uint8Array, ...items: readonly Uint8Array[]): Buffer =>
  pickle(callable, args(...items), op.reduce);
const make = (name: Uint8Array, ...items: readonly Uint8Array[]): Buffer => pickle(name, args(...items), op.newobj);
const builtin = (name: string): Buffer => op.global('builtins', name);
const unheard = op.global('some.library', 'run');
const state = (key: string, value: Uint8Array): Buffer => pickle(op.emptyDict, op.text(key), value, op.setItem);
const namespace = call(op.global('types', 'SimpleNamespace'));
const handler = op.global('logging.handlers', 'MemoryHandler');

const scan = async (...parts: readonly Uint8Array[]): Promise<string[]> =>
  summary(await scanBytes('m.pkl', pickle(op.proto(4), ...parts, op.stop)));
const gravest = async (...parts: readonly Uint8Array[]): Promise<string | undefined> => {
  const severities = (await scan(...parts)).map((line) => line.split(' ')[1]!);
  return ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'].find((severity) => severities.includes(severity));
};

describe('what calls a function without calling it', () => {
  const laundered = pickle(
    builtin('getattr'),
    op.memoize,
    args(call(op.global('datetime', 'date'), op.number(1)), op.text('year')),
    op.reduce,
    op.pop,
  );
  test.each([
    ['an iterator that a container reads', call(builtin('list'), make(builtin('map'), unheard, list(op.text('x'))))],
    ['an iterator over tuples', call(builtin('set'), make(op.global('itertools', 'starmap'), unheard, list()))],
    [
      'a class made on the spot',
      pickle(
        make(builtin('type'), op.text('X'), op.emptyTuple, state('__setstate__', unheard)),
        op.text('x'),
        op.build,
      ),
    ],
    [
      'a getter taken from the memo after a harmless use',
      pickle(laundered, call(builtin('list'), list(op.raw('h\x00')))),
    ],
    [
      'the copy of a getter',
      pickle(builtin('getattr'), op.raw('2'), args(op.text('a'), op.text('upper')), op.reduce, op.tuple2),
    ],
    [
      'a second BUILD, which calls the method that the first has set',
      pickle(namespace, state('__setstate__', unheard), op.build, op.text('x'), op.build),
    ],
    [
      'a second BUILD through the memo',
      pickle(
        namespace,
        op.memoize,
        state('__setstate__', unheard),
        op.build,
        op.pop,
        op.raw('h\x00'),
        op.text('x'),
        op.build,
      ),
    ],
    [
      'a second BUILD of a copy',
      pickle(namespace, op.raw('2'), state('__setstate__', unheard), op.build, op.pop, op.text('x'), op.build),
    ],
    ['APPENDS after BUILD', pickle(namespace, state('extend', unheard), op.build, op.mark, op.text('x'), op.raw('e'))],
    [
      'APPEND after SETITEM',
      pickle(
        make(op.global('sklearn.utils', 'Bunch')),
        op.text('append'),
        unheard,
        op.setItem,
        op.text('x'),
        op.raw('a'),
      ),
    ],
    ['ADDITEMS after BUILD', pickle(namespace, state('add', unheard), op.build, op.mark, op.text('x'), op.raw('\x90'))],
    [
      'a namespace filled by its argument',
      pickle(call(op.global('types', 'SimpleNamespace'), state('__setstate__', unheard)), op.text('x'), op.build),
    ],
    [
      'a reconstructor that calls the constructor of its base',
      call(op.global('copyreg', '_reconstructor'), handler, handler, op.text('/x')),
    ],
    [
      'a reconstructor whose arguments come from the memo',
      pickle(
        args(handler, handler, op.text('/x')),
        op.memoize,
        op.pop,
        op.global('copyreg', '_reconstructor'),
        op.raw('h\x00'),
        op.reduce,
      ),
    ],
    [
      'a class that was made without arguments before',
      pickle(handler, op.memoize, op.emptyTuple, op.newobj, op.pop, op.raw('h\x00'), args(op.text('/x')), op.reduce),
    ],
    ['a text that went through a harmless call', call(unheard, call(builtin('str'), op.text('x')))],
    ['a path made of a text', call(unheard, call(op.global('pathlib', 'PosixPath'), op.text('/x')))],
    [
      'a method that writes files',
      call(builtin('getattr'), call(op.global('pathlib', 'PosixPath'), op.text('/x')), op.text('write_text')),
    ],
    ['a format that walks through attributes', call(builtin('getattr'), op.text('{0.x}'), op.text('format'))],
    [
      'a container that asks an object for its keys',
      call(builtin('dict'), pickle(namespace, state('keys', unheard), op.build)),
    ],
    [
      'an array that asks an object for its elements',
      call(op.global('numpy', 'matrix'), pickle(namespace, state('__array__', unheard), op.build)),
    ],
    [
      'the same after a harmless one',
      pickle(
        call(op.global('numpy', 'matrix'), op.number(1)),
        op.pop,
        call(op.global('numpy', 'matrix'), pickle(namespace, state('__array__', unheard), op.build)),
      ),
    ],
    [
      'a module that numpy imports',
      call(op.global('numpy.core', '_ufunc_reconstruct'), op.text('os'), op.text('system')),
    ],
    [
      'a generator’s maker that is another function',
      call(op.global('numpy.random._pickle', '__generator_ctor'), op.text('PCG64'), unheard),
    ],
    [
      'a generator’s name that is another text',
      call(
        op.global('numpy.random._pickle', '__generator_ctor'),
        op.text('x'),
        op.global('numpy.random._pickle', '__bit_generator_ctor'),
      ),
    ],
    ['an alias that hands on to an object', call(op.global('types', 'GenericAlias'), namespace, NONE)],
    [
      'BUILD of an alias',
      pickle(call(op.global('types', 'GenericAlias'), builtin('list'), NONE), op.text('x'), op.build),
    ],
    [
      'slots that set the class',
      pickle(make(op.global('argparse', 'Namespace')), op.emptyDict, state('__class__', unheard), op.tuple2, op.build),
    ],
    [
      'slots from the memo',
      pickle(
        state('__class__', unheard),
        op.memoize,
        op.pop,
        make(op.global('argparse', 'Namespace')),
        NONE,
        op.raw('h\x00'),
        op.tuple2,
        op.build,
      ),
    ],
    [
      'slots that are another mapping',
      pickle(
        make(op.global('argparse', 'Namespace')),
        NONE,
        call(op.global('collections', 'OrderedDict')),
        op.text('__class__'),
        unheard,
        op.setItem,
        op.tuple2,
        op.build,
      ),
    ],
    [
      'SETITEM after BUILD',
      pickle(
        make(op.global('weakref', 'WeakValueDictionary')),
        state('_pending_removals', unheard),
        op.build,
        op.text('k'),
        NONE,
        op.setItem,
      ),
    ],
    ['SETITEM into something of a module', pickle(op.global('encodings', '_cache'), op.text('k'), NONE, op.setItem)],
    ['APPEND to something of a module', pickle(op.global('warnings', 'filters'), op.text('x'), op.raw('a'))],
    [
      'a class that removes files when it goes',
      pickle(make(op.global('numpy.lib._datasource', 'DataSource')), state('_istmpdest', NONE), op.build),
    ],
    ['the same under another name', make(op.global('numpy.core', 'memmap'), op.text('/x'))],
    [
      'memory taken for elements',
      call(
        op.global('numpy', 'ndarray'),
        args(op.number(1)),
        call(op.global('numpy', 'dtype'), op.text('O')),
        op.bytes(Buffer.from('AAAAAAAA')),
      ),
    ],
    ['a text made without its constructor', call(unheard, make(builtin('str'), op.text('x')))],
    ['an iterator that calls', call(builtin('iter'), unheard, op.text('x'))],
    ['numpy’s test helpers', call(op.global('numpy.testing', 'measure'), op.text('x'))],
  ])('%s is HIGH or above', async (_what, stream) => {
    expect(['HIGH', 'CRITICAL']).toContain(await gravest(stream));
  });

  test('a function without arguments by INST is called, too', async () => {
    expect(await scan(op.mark, op.inst('logging', 'shutdown'))).toEqual(['PKL-006 MEDIUM']);
    expect(await scan(op.mark, op.inst('logging', 'Handler'))).toEqual([]);
  });

  test('a folder with an odd name does not make a pickle a text', async () => {
    const bytes = op.raw("clib-dynload\n__name__\n0cos\nsystem\n(S'id'\ntR.");
    expect(summary(await scanBytes('m.pkl', bytes))).toEqual(['PKL-002 CRITICAL']);
  });
});

describe('a few bytes that fill the memory', () => {
  test.each([
    ['an endless iterator', call(builtin('list'), call(op.global('itertools', 'repeat'), op.number(0)))],
    ['a long range', call(op.global('collections', 'deque'), call(builtin('range'), op.raw('J\xff\xff\xff\x7f')))],
    ['zeros', call(builtin('bytearray'), op.raw('J\xff\xff\xff\x7f'))],
  ])('%s is told', async (_what, stream) => {
    expect(await scan(stream)).toEqual(['PKL-014 HIGH']);
  });

  test('a small one is not', async () => {
    expect(await scan(call(builtin('bytearray'), op.number(200)))).toEqual([]);
  });
});

describe('ordinary objects are not blamed', () => {
  const getattr = builtin('getattr');
  test.each([
    [
      'a time zone',
      call(
        call(getattr, op.global('zoneinfo', 'ZoneInfo'), op.text('_unpickle')),
        op.text('Europe/Berlin'),
        op.raw('\x88'),
      ),
    ],
    ['a logger', call(op.global('logging', 'getLogger'), op.text('x'))],
    ['a getter of items', call(op.global('operator', 'itemgetter'), op.text('text'))],
    ['an annotation', call(op.global('_operator', 'getitem'), op.global('typing', 'Optional'), builtin('int'))],
    ['a literal annotation', call(op.global('_operator', 'getitem'), op.global('typing', 'Literal'), op.text('a'))],
    ['a generic alias', call(op.global('types', 'GenericAlias'), builtin('list'), args(builtin('int')))],
    ['the type of None', call(builtin('type'), NONE)],
    ['an enumeration', call(getattr, op.global('http', 'HTTPStatus'), op.text('OK'))],
    ['a method of a text', call(getattr, op.text('abc'), op.text('upper'))],
    [
      'a getter used twice from the memo',
      pickle(
        getattr,
        op.memoize,
        args(op.text('a'), op.text('upper')),
        op.reduce,
        op.pop,
        op.raw('h\x00'),
        args(op.text('b'), op.text('lower')),
        op.reduce,
      ),
    ],
    ['an iterator', pickle(call(builtin('iter'), list(op.number(1))), op.number(0), op.build)],
    [
      'a random state',
      call(
        op.global('numpy.random._pickle', '__generator_ctor'),
        op.text('PCG64'),
        op.global('numpy.random._pickle', '__bit_generator_ctor'),
      ),
    ],
    ['a function of numpy', call(op.global('numpy.core', '_ufunc_reconstruct'), op.text('numpy'), op.text('log1p'))],
    [
      'an object with slots',
      pickle(make(op.global('sklearn.x', 'Slotted')), NONE, state('a', NONE), op.tuple2, op.memoize, op.build),
    ],
    [
      'an object whose state is a pair',
      pickle(make(op.global('sklearn.x', 'Own')), NONE, op.number(1), op.tuple2, op.build),
    ],
    ['an object in an exception', call(builtin('ValueError'), pickle(namespace, state('a', NONE), op.build))],
    [
      'an object built again with a plain state',
      pickle(namespace, op.memoize, state('a', NONE), op.build, op.pop, op.raw('h\x00'), state('b', NONE), op.build),
    ],
    ['a parsed address', make(op.global('urllib.parse', 'ParseResult'), op.text('http'))],
    ['an error of a process', call(op.global('subprocess', 'CalledProcessError'), op.number(1), op.text('x'))],
    ['a namespace', pickle(namespace, state('a', op.number(1)), op.build)],
    [
      'a dictionary with a state',
      pickle(
        call(op.global('collections', 'OrderedDict')),
        op.text('k'),
        op.number(1),
        op.setItem,
        state('a', NONE),
        op.build,
      ),
    ],
  ])('%s', async (_what, stream) => {
    expect(await scan(stream)).toEqual([]);
  });

  test('but what BUILD sets in a logger stays in the process', async () => {
    expect(await scan(call(op.global('logging', 'getLogger'), op.text('x')), state('a', NONE), op.build)).toEqual([
      'PKL-008 HIGH',
    ]);
  });
});

test('a forbidden call of each kind is one finding, however many there are', async () => {
  const one = call(builtin('getattr'), op.global('os', 'path'), op.text('x'));
  const started = performance.now();
  expect(await scan(Buffer.concat(Array.from({ length: 20_000 }, () => one)))).toEqual([
    'PKL-002 HIGH',
    'PKL-003 CRITICAL',
  ]);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('tuples that hold one tuple many times do not take for ever', async () => {
  const wide = Buffer.alloc(7, op.raw('2'));
  let nested = op.text('x');
  for (let depth = 0; depth < 12; depth += 1) nested = pickle(op.mark, nested, wide, op.tuple);
  expect(await scan(unheard, nested, op.reduce)).toEqual(['PKL-005 HIGH']);
});

test('the same call thirty thousand times is one finding', async () => {
  const repeated = Buffer.alloc(90_000, op.raw('\x82\x050'));
  expect(await scan(repeated, NONE)).toEqual(['PKL-013 MEDIUM']);
});

test('a name of thousands of parts is judged in no time', async () => {
  const started = performance.now();
  const name = `a1${'.a'.repeat(30_000)}`;
  const many = Buffer.concat(Array.from({ length: 40 }, () => op.global('os', name)));
  expect(await gravest(many)).toBe('HIGH');
  expect(performance.now() - started).toBeLessThan(5_000);
});
