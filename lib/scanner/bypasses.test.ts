import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { callPickle, op, pickle } from './fixtures/pickle-builder';
import { scanBytes, summary } from './fixtures/scan';
import { buildZip } from './fixtures/zip-builder';
import { scanKerasConfig } from './formats/keras';
import { DEFAULT_LIMITS } from './limits';
import { ScanContext } from './scan-context';
import { isAtLeast } from './severity';

const evil = callPickle('os', 'system');

async function graveRules(name: string, bytes: Uint8Array): Promise<string[]> {
  const { findings } = await scanBytes(name, bytes);
  return [...new Set(findings.filter(({ severity }) => isAtLeast(severity, 'HIGH')).map(({ ruleId }) => ruleId))];
}

const getattrPickle = (owner: Buffer, name: string): Buffer =>
  pickle(op.proto(2), op.global('builtins', 'getattr'), owner, op.text(name), op.tuple2, op.reduce, op.stop);

const torchLoadPickle = (inner: Buffer): Buffer =>
  pickle(op.proto(3), op.global('torch.storage', '_load_from_bytes'), op.bytes(inner), op.tuple1, op.reduce, op.stop);

const classPickle = (moduleName: string): Buffer =>
  pickle(op.proto(2), op.global(moduleName, 'Thing'), op.emptyTuple, op.newobj, op.stop);

const scanKeras = (config: unknown): string[] => {
  const context = ScanContext.forArtifact({ path: 'm.keras', size: 1, limits: DEFAULT_LIMITS });
  scanKerasConfig(config, context);
  return summary(context);
};

const kerasLayer = (fields: object) => ({ class_name: 'Functional', config: { layers: [{ config: {}, ...fields }] } });

describe('dangerous names', () => {
  test.each([
    ['CVE-2025-1716', 'pip', 'main', 'PKL-001'],
    ['CVE-2025-1716, submodule', 'pip._internal.cli.main', 'main', 'PKL-001'],
    ['CVE-2025-10157', 'asyncio.unix_events', '_UnixSubprocessTransport._start', 'PKL-002'],
    ['CVE-2026-56315 uuid', 'uuid', '_get_command_stdout', 'PKL-002'],
    ['CVE-2026-56315 imaplib', 'imaplib', 'IMAP4_stream', 'PKL-002'],
    ['CVE-2026-56315 _osx_support', '_osx_support', '_read_output', 'PKL-002'],
    ['CVE-2026-56315 _aix_support', '_aix_support', '_read_cmd_output', 'PKL-002'],
    ['CVE-2026-56315 _pyrepl', '_pyrepl.pager', 'pipe_pager', 'PKL-002'],
    ['CVE-2025-46417', 'ssl', 'get_server_certificate', 'PKL-002'],
    ['GHSA-vvpj', 'pkgutil', 'resolve_name', 'PKL-003'],
    ['GHSA-955r', '_operator', 'attrgetter', 'PKL-003'],
    ['GHSA-46h3', '_operator', 'methodcaller', 'PKL-003'],
    ['GHSA-84r2', 'pydoc', 'locate', 'PKL-003'],
    ['Python 2 names', '__builtin__', 'eval', 'PKL-001'],
    ['numpy runstring', 'numpy.testing._private.utils', 'runstring', 'PKL-001'],
    ['re-entry', 'pickle', 'loads', 'PKL-004'],
    ['torch.load', 'torch', 'load', 'PKL-004'],
    ['joblib.load, CVE-2024-34997', 'joblib.numpy_pickle', 'load', 'PKL-004'],
    ['numpy.load, CVE-2019-6446', 'numpy', 'load', 'PKL-004'],
    ['sklearn CVE-2020-13092', 'sklearn.externals.joblib', 'load', 'PKL-004'],
    ['torch rpc, CVE-2024-48063', 'torch.distributed.rpc', 'rpc_sync', 'PKL-002'],
    ['torch rpc, CVE-2024-5480', 'torch.distributed.rpc.internal', 'PythonUDF', 'PKL-002'],
    ['torch JIT, CVE-2022-45907', 'torch.jit.annotations', 'parse_type_line', 'PKL-001'],
    ['bdb', 'bdb', 'Bdb.run', 'PKL-001'],
    ['a module behind a module', 'numpy.f2py.crackfortran', 'os.system', 'PKL-001'],
    ['a module behind a name', 'torch.serialization', 'os.system', 'PKL-002'],
  ])('%s: %s.%s is CRITICAL', async (_id, moduleName, name, ruleId) => {
    const { findings } = await scanBytes('model.pkl', callPickle(moduleName, name));
    expect(summary({ findings })).toContain(`${ruleId} CRITICAL`);
  });

  test('a function nobody vouches for is HIGH with data and MEDIUM without', async () => {
    const bare = pickle(op.proto(2), op.global('some.package', 'run'), op.emptyTuple, op.reduce, op.stop);
    expect(summary(await scanBytes('a.pkl', callPickle('some.package', 'run')))).toEqual(['PKL-005 HIGH']);
    expect(summary(await scanBytes('a.pkl', bare))).toEqual(['PKL-006 MEDIUM']);
  });

  test('a dangerous function that is only kept, for example in functools.partial, is HIGH', async () => {
    const partial = pickle(
      op.proto(2),
      op.global('functools', 'partial'),
      op.global('os', 'system'),
      op.tuple1,
      op.reduce,
      op.stop,
    );
    expect(await graveRules('a.pkl', partial)).toContain('PKL-002');
  });

  test('a name the policy allows exactly is silent, its neighbour is not', async () => {
    const policy = { allowedGlobals: ['some.package.run'] };
    expect(summary(await scanBytes('a.pkl', callPickle('some.package', 'run'), policy))).toEqual([]);
    expect(summary(await scanBytes('a.pkl', callPickle('some.package', 'run2'), policy))).toEqual(['PKL-005 HIGH']);
  });
});

describe('routing', () => {
  test.each(['model.bin', 'model.txt', 'weights', 'photo.png', 'data.csv', 'x.config'])(
    'CVE-2025-1889: a pickle called %s is found',
    async (name) => {
      expect(await graveRules(name, evil)).toContain('PKL-002');
    },
  );

  test('CVE-2025-10155: a bare protocol-0 pickle needs no magic', async () => {
    expect(await graveRules('model.bin', Buffer.from("cos\nsystem\n(S'id'\ntR."))).toContain('PKL-002');
    expect(await graveRules('model.bin', Buffer.from("(S'id'\nios\nsystem\n."))).toContain('PKL-002');
    expect(await graveRules('model.bin', Buffer.from("(cos\nsystem\nS'id'\no."))).toContain('PKL-002');
  });

  test.each([
    'computer\nsystem\n',
    'cat\ndog\n',
    'I1\n.',
    'NNNNNN\n',
    'import os\nos.system("ls")\n',
    '}\n',
    'cos\nsystem\n',
  ])('the text %j is no pickle', async (text) => {
    expect(summary(await scanBytes('words.txt', Buffer.from(text)))).toEqual([]);
  });

  test('a pickle that calls itself safetensors is a disguise', async () => {
    expect(await graveRules('model.safetensors', evil)).toContain('SYS-004');
  });

  test('a pickle in front of a zip archive is both', async () => {
    const both = buildZip([{ name: 'a.txt', content: Buffer.from('hello') }], evil);
    expect(await graveRules('model.pt', both)).toEqual(expect.arrayContaining(['PKL-002', 'SYS-004']));
  });
});

describe('zip', () => {
  test('CVE-2025-1944: the central name counts, and the difference is told', async () => {
    const bytes = buildZip([{ name: 'archive/data.pkl', localName: 'archive/data.txt', content: evil }]);
    expect(summary(await scanBytes('model.pt', bytes))).toEqual(['ARC-003 MEDIUM', 'PKL-002 CRITICAL']);
  });

  test.each([0x1, 0x20, 0x40])('CVE-2025-1945: flag %i does not hide a member', async (flags) => {
    const bytes = buildZip([{ name: 'archive/data.pkl', content: evil, flags }]);
    expect(summary(await scanBytes('model.pt', bytes))).toEqual(['ARC-004 MEDIUM', 'PKL-002 CRITICAL']);
  });

  test('CVE-2025-10156: a wrong checksum does not end the scan', async () => {
    const bytes = buildZip([{ name: 'archive/data.pkl', content: evil, crc: 1, isDeflated: true }]);
    expect(summary(await scanBytes('model.pt', bytes))).toEqual(['ARC-003 MEDIUM', 'PKL-002 CRITICAL']);
  });

  test('an entry the directory does not list is scanned too', async () => {
    const bytes = buildZip([
      { name: 'a.txt', content: Buffer.from('hello') },
      { name: 'archive/data.pkl', content: evil, isOrphan: true },
    ]);
    expect(summary(await scanBytes('model.pt', bytes))).toEqual(['ARC-006 MEDIUM', 'PKL-002 CRITICAL']);
  });

  test('traversal and links are HIGH', async () => {
    const up = buildZip([{ name: '../../etc/cron.d/x', content: Buffer.from('x') }]);
    const link = buildZip([{ name: 'x', content: Buffer.from('/etc/passwd'), mode: 0o120777 }]);
    expect(summary(await scanBytes('a.zip', up))).toContain('ARC-002 HIGH');
    expect(summary(await scanBytes('a.zip', link))).toContain('ARC-002 HIGH');
  });

  test('an archive that inflates a thousandfold is told', async () => {
    const bytes = buildZip([{ name: 'zeros', content: Buffer.alloc(40 << 20), isDeflated: true }]);
    expect(summary(await scanBytes('a.zip', bytes))).toContain('ARC-001 MEDIUM');
  });

  test('archives deeper than the limit are told', async () => {
    let bytes: Buffer = evil;
    for (let n = 0; n < 6; n += 1) bytes = buildZip([{ name: `${n}.zip`, content: bytes }]);
    expect(summary(await scanBytes('a.zip', bytes))).toEqual(['SYS-001 MEDIUM']);
  });

  test('programs in archives are HIGH', async () => {
    const elf = Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), Buffer.alloc(64)]);
    expect(summary(await scanBytes('model.mar', buildZip([{ name: 'lib.so', content: elf }])))).toContain(
      'ARC-005 HIGH',
    );
    expect(summary(await scanBytes('package.whl', buildZip([{ name: 'lib.so', content: elf }])))).not.toContain(
      'ARC-005 HIGH',
    );
  });
});

describe('other containers', () => {
  test('nullifAI: 7z is unpacked', async () => {
    expect(await graveRules('model.pt', readFileSync(new URL('fixtures/evil.7z', import.meta.url)))).toContain(
      'PKL-002',
    );
  });

  test('gzip inside gzip is unpacked', async () => {
    expect(await graveRules('model.joblib', gzipSync(gzipSync(evil)))).toContain('PKL-002');
  });

  test.each(['bz2', 'xz', 'lzma'])('a joblib file compressed with %s is unpacked', async (format) => {
    const script = `import sys,${format === 'bz2' ? 'bz2' : 'lzma'}
data=bytes.fromhex(sys.argv[1])*1
sys.stdout.buffer.write(${format === 'bz2' ? 'bz2.compress(data)' : `lzma.compress(data, format=lzma.FORMAT_${format === 'xz' ? 'XZ' : 'ALONE'})`})`;
    const bytes = execFileSync('python3', ['-c', script, evil.toString('hex')]);
    expect(await graveRules('model.joblib', bytes)).toContain('PKL-002');
  });
});

describe('the pickle machine', () => {
  test('nullifAI: what happens before the stream breaks has happened', async () => {
    const broken = pickle(evil.subarray(0, -1), op.raw('\xff\xff'));
    expect(summary(await scanBytes('a.pkl', broken))).toEqual(['PKL-002 CRITICAL', 'PKL-012 MEDIUM']);
  });

  test('fickling GHSA-mxhj: a popped result does not hide its call', async () => {
    const popped = pickle(evil.subarray(0, -1), op.pop, op.emptyDict, op.stop);
    expect(await graveRules('a.pkl', popped)).toEqual(['PKL-002']);
  });

  test('GHSA-5j3x: an attribute of an allowed module is not allowed', async () => {
    expect(await graveRules('a.pkl', callPickle('torch', 'serialization.os.system'))).toContain('PKL-002');
    expect(await graveRules('a.pkl', callPickle('collections', 'OrderedDict.fromkeys'))).toContain('PKL-009');
  });

  test('modelscan 85 and 330: BUILD on a global is HIGH', async () => {
    const state = pickle(op.emptyDict, op.text('x'), op.text('y'), op.setItem);
    expect(
      await graveRules('a.pkl', pickle(op.proto(2), op.global('numpy', 'add'), state, op.build, op.stop)),
    ).toContain('PKL-008');
  });

  test('modelscan 330: a function that was changed and is then called stays HIGH', async () => {
    const changed = pickle(
      op.proto(2),
      op.global('numpy', 'add'),
      op.raw('q\x01'),
      pickle(op.emptyDict, op.text('reduce'), op.global('some.package', 'run'), op.setItem),
      op.build,
      op.raw('h\x01'),
      op.text('id'),
      op.tuple1,
      op.reduce,
      op.stop,
    );
    expect(await graveRules('a.pkl', changed)).toContain('PKL-008');
  });

  test('ShadowPickle: overwriting an allowed name does not make its calls harmless', async () => {
    const overwritten = pickle(
      op.proto(2),
      op.global('collections', 'OrderedDict'),
      pickle(op.emptyDict, op.text('__new__'), op.global('some.package', 'run'), op.setItem),
      op.build,
      op.pop,
      op.global('collections', 'OrderedDict'),
      op.emptyTuple,
      op.reduce,
      op.stop,
    );
    expect(await graveRules('a.pkl', overwritten)).toContain('PKL-008');
  });

  test('CVE-2026-24747: items set in a tensor are HIGH, items of a dictionary are silent', async () => {
    const made = (moduleName: string, name: string): Buffer =>
      pickle(op.global(moduleName, name), op.emptyTuple, op.reduce);
    const pair = pickle(op.text('k'), op.text('v'));
    const one = (target: Buffer): Buffer => pickle(op.proto(2), target, pair, op.setItem, op.stop);
    const many = (target: Buffer): Buffer => pickle(op.proto(2), target, op.mark, pair, op.raw('u'), op.stop);
    for (const fill of [one, many]) {
      const tensor = await scanBytes('a.pt', fill(made('torch._utils', '_rebuild_tensor_v2')));
      expect(summary(tensor)).toEqual(['PKL-008 HIGH']);
      expect(tensor.findings[0]!.cve).toEqual(['CVE-2026-24747']);
      expect(summary(await scanBytes('a.pt', fill(made('collections', 'OrderedDict'))))).toEqual([]);
    }
  });

  test('modelscan 331, ShadowPickle: a name made by a call is CRITICAL', async () => {
    const joined = pickle(op.global('builtins', 'str.join'), op.text(''), op.text('os'), op.tuple2, op.reduce);
    const bytes = pickle(
      op.proto(4),
      joined,
      op.text('system'),
      op.stackGlobal,
      op.text('id'),
      op.tuple1,
      op.reduce,
      op.stop,
    );
    expect(summary(await scanBytes('a.pkl', bytes))).toContain('PKL-009 CRITICAL');
  });

  test('the result of an unknown call, called again, is CRITICAL', async () => {
    const bytes = pickle(
      op.proto(2),
      op.global('x', 'make'),
      op.emptyTuple,
      op.reduce,
      op.text('id'),
      op.tuple1,
      op.reduce,
      op.stop,
    );
    expect(summary(await scanBytes('a.pkl', bytes))).toContain('PKL-009 CRITICAL');
  });

  test('getattr on anything but a known library is CRITICAL', async () => {
    expect(await graveRules('a.pkl', getattrPickle(op.global('my.module', 'thing'), 'run'))).toContain('PKL-003');
    expect(await graveRules('a.pkl', getattrPickle(op.global('numpy', 'add'), '__globals__'))).toContain('PKL-003');
    expect(await graveRules('a.pkl', getattrPickle(op.global('numpy.testing', 'os'), 'system'))).not.toEqual([]);
    expect(
      await graveRules('a.pkl', getattrPickle(op.global('scipy.interpolate', 'interp1d'), '_call_linear')),
    ).toEqual([]);
  });

  test('cpython 154848: an opcode behind the end of its frame is read both ways', async () => {
    // In memory the text is "abcdef…"; from a file the unpickler forgets the frame's rest and finds os.system instead.
    const hidden = Buffer.concat([Buffer.alloc(30, 0x41), evil.subarray(2)]);
    const text = Buffer.concat([Buffer.from([0x8c, 30]), Buffer.from('zz')]);
    const bytes = pickle(op.proto(4), op.frame(text.length), text, hidden);
    expect(await graveRules('a.pkl', bytes)).toEqual(expect.arrayContaining(['PKL-011', 'PKL-002']));
  });

  test('cpython 127079: values left under STOP change nothing', async () => {
    expect(await graveRules('a.pkl', pickle(op.proto(2), op.raw('NNN'), evil.subarray(2)))).toContain('PKL-002');
  });

  test('MEMOIZE counts entries, not the highest key', async () => {
    // Key 5 is taken first, so MEMOIZE writes key 1; a scanner that counts on gets another name.
    const bytes = pickle(
      op.proto(4),
      op.text('builtins'),
      op.raw('q\x05'),
      op.text('os'),
      op.memoize,
      op.raw('00'),
      op.raw('h\x01'),
      op.text('system'),
      op.stackGlobal,
      op.text('id'),
      op.tuple1,
      op.reduce,
      op.stop,
    );
    expect(await graveRules('a.pkl', bytes)).toContain('PKL-002');
  });

  test('a memo entry overwritten with an earlier text does not hide the name', async () => {
    const put = (key: number): Buffer => pickle(op.raw('r'), Buffer.from([key & 0xff, key >> 8, 0, 0]), op.pop);
    const get = (key: number): Buffer => pickle(op.raw('j'), Buffer.from([key & 0xff, key >> 8, 0, 0]));
    const bytes = pickle(
      op.proto(4),
      pickle(op.text('builtins'), put(5000), op.text('eval'), put(5001)),
      pickle(op.text('x'.repeat(2000)), op.pop),
      pickle(op.text('len'), put(0)),
      pickle(get(5001), put(0)),
      pickle(get(5000), get(0), op.stackGlobal, op.text('1'), op.tuple1, op.reduce, op.stop),
    );
    expect(await graveRules('a.pkl', bytes)).toEqual(['PKL-001']);
  });

  test('EXT is MEDIUM, called it is HIGH', async () => {
    expect(summary(await scanBytes('a.pkl', pickle(op.proto(2), op.raw('\x82\x05'), op.stop)))).toEqual([
      'PKL-013 MEDIUM',
    ]);
    const called = pickle(op.proto(2), op.raw('\x82\x05'), op.emptyTuple, op.reduce, op.stop);
    expect(summary(await scanBytes('a.pkl', called))).toContain('PKL-013 HIGH');
  });

  test.each([
    ['a missing memo key', 'h\x63'],
    ['a number as a name', 'K\x01K\x02\x93'],
    ['protocol 9', '\x80\x09'],
    ['a cut text', 'X\xff\x00\x00\x00abc'],
    ['a stack underflow', '00000'],
  ])('%s behind the payload keeps the finding and marks the scan incomplete', async (_what, rest) => {
    const result = await scanBytes('a.pkl', pickle(evil.subarray(0, -1), op.raw(rest)));
    expect(summary(result)).toContain('PKL-002 CRITICAL');
    expect(result.isIncomplete).toBe(true);
  });

  test('padding of two million opcodes hides nothing', async () => {
    const padding = Buffer.alloc(2_000_000, 'N');
    const pops = Buffer.alloc(2_000_000, '0');
    expect(await graveRules('a.pkl', pickle(op.proto(2), padding, pops, evil.subarray(2)))).toContain('PKL-002');
  });

  test('a stack that only grows ends in a finding', async () => {
    const { findings, isIncomplete } = await scanBytes('a.pkl', pickle(op.proto(2), Buffer.alloc(2_000_000, '(')));
    expect(summary({ findings })).toContain('PKL-014 HIGH');
    expect(isIncomplete).toBe(true);
  });

  test('texts beyond the limit of the stack keep what follows visible', async () => {
    const texts = Buffer.alloc(3 * 1_100_000, 'U\x01a', 'latin1');
    const result = await scanBytes('a.pkl', pickle(op.proto(2), texts, evil.subarray(2)));
    expect(summary(result)).not.toEqual([]);
    expect(result.isIncomplete).toBe(true);
  });

  test('later streams are judged: the second, the seventh, and one behind junk', async () => {
    const harmless = pickle(op.proto(2), op.raw('N'), op.stop);
    expect(await graveRules('a.pkl', pickle(harmless, evil))).toContain('PKL-002');
    expect(await graveRules('a.pkl', pickle(...Array.from({ length: 6 }, () => harmless), evil))).toContain('PKL-002');
    const behind = await scanBytes('a.pkl', pickle(harmless, Buffer.from('\xff\xff junk \xff', 'latin1'), evil));
    expect(summary(behind)).toEqual(['PKL-002 CRITICAL', 'PKL-015 MEDIUM']);
    expect(summary(await scanBytes('a.pkl', pickle(harmless, Buffer.from('\xffjunk', 'latin1'))))).toEqual([
      'PKL-015 LOW',
    ]);
  });

  test.each([
    ['bytes', op.bytes(evil)],
    ['base64', op.text(evil.toString('base64'))],
    ['hexadecimal', op.text(evil.toString('hex'))],
    ['Latin-1 text', op.text(evil.toString('latin1'))],
    ['text of protocol 0', op.text("cos\nsystem\n(S'id'\ntR.")],
    ['gzip', op.bytes(gzipSync(evil))],
    ['bytes of bytes', op.bytes(pickle(op.proto(2), op.bytes(evil), op.stop))],
  ])('a pickle inside %s is judged', async (_what, literal) => {
    expect(await graveRules('a.pkl', pickle(op.proto(3), literal, op.stop))).toContain('PKL-002');
  });

  test('torch.storage._load_from_bytes: a harmless payload is silent, a dangerous one is not', async () => {
    const tensor = pickle(op.proto(2), op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce, op.stop);
    expect(summary(await scanBytes('a.pkl', torchLoadPickle(tensor)))).toEqual([]);
    expect(await graveRules('a.pkl', torchLoadPickle(evil))).toContain('PKL-002');
    const computed = pickle(
      op.proto(3),
      op.global('torch.storage', '_load_from_bytes'),
      op.global('x', 'payload'),
      op.tuple1,
      op.reduce,
      op.stop,
    );
    expect(await graveRules('a.pkl', computed)).toContain('PKL-004');
  });

  test('classes: unknown ones are LOW, those of __main__ MEDIUM, known ones silent', async () => {
    expect(summary(await scanBytes('a.pkl', classPickle('shop.models')))).toEqual(['PKL-007 LOW']);
    expect(summary(await scanBytes('a.pkl', classPickle('__main__')))).toEqual(['PKL-016 MEDIUM']);
    expect(summary(await scanBytes('a.pkl', classPickle('sklearn.svm')))).toEqual([]);
  });
});

describe('Keras', () => {
  test.each([
    ['CVE-2024-3660', { class_name: 'Lambda' }, 'KER-001'],
    ['CVE-2025-9905', { class_name: 'Lambda', module: 'keras.layers' }, 'KER-001'],
    ['CVE-2025-1550', { module: 'os', class_name: 'function', config: 'system' }, 'KER-002'],
    ['CVE-2025-1550, class', { module: 'subprocess', class_name: 'Popen' }, 'KER-002'],
    ['CVE-2025-8747', { module: 'keras.utils', class_name: 'function', config: 'get_file' }, 'KER-003'],
    [
      'CVE-2025-9906',
      { module: 'keras.config', class_name: 'function', config: 'enable_unsafe_deserialization' },
      'KER-003',
    ],
    ['CVE-2025-49655', { module: 'keras.layers', class_name: 'TorchModuleWrapper' }, 'KER-002'],
    ['builtins.eval', { module: 'builtins', class_name: 'function', config: 'eval' }, 'KER-002'],
  ])('%s is CRITICAL', (_id, fields, ruleId) => {
    expect(scanKeras(kerasLayer(fields))).toContain(`${ruleId} CRITICAL`);
  });

  test('a class of the author is MEDIUM, one of Keras is silent', () => {
    expect(scanKeras(kerasLayer({ class_name: 'MyLayer', module: 'shop', registered_name: 'Shop>MyLayer' }))).toEqual([
      'KER-004 MEDIUM',
    ]);
    expect(scanKeras(kerasLayer({ class_name: 'Dense', module: 'keras.layers', registered_name: null }))).toEqual([]);
  });

  test('the configuration is found in a .keras archive and in HDF5', async () => {
    const config = Buffer.from(JSON.stringify(kerasLayer({ class_name: 'Lambda' })));
    expect(
      await graveRules('m.keras', buildZip([{ name: 'config.json', content: config, isDeflated: true }])),
    ).toContain('KER-001');
    const hdf5 = Buffer.concat([
      Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'),
      Buffer.alloc(600),
      config,
      Buffer.alloc(64),
    ]);
    expect(await graveRules('m.h5', hdf5)).toContain('KER-001');
  });
});
