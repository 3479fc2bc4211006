import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { callPickle, op, pickle, u64 } from '../fixtures/pickle-builder';
import { scanBytes, summary } from '../fixtures/scan';
import { buildZip } from '../fixtures/zip-builder';

const scan = async (name: string, bytes: Uint8Array): Promise<string[]> => summary(await scanBytes(name, bytes));

/** A protobuf field: a number, or a message or text. */
function field(number: number, content: number | string | Uint8Array): Buffer {
  if (typeof content === 'number') return Buffer.from([number * 8, content]);
  const bytes = Buffer.from(content as string);
  const length: number[] = [];
  let left = bytes.length;
  for (; left > 127; left = Math.floor(left / 128)) length.push((left % 128) | 0x80);
  const tag = number * 8 + 2;
  return Buffer.concat([
    Buffer.from(tag < 128 ? [tag, ...length, left] : [(tag % 128) | 0x80, tag >> 7, ...length, left]),
    bytes,
  ]);
}

describe('safetensors', () => {
  const build = (header: string, data: number): Buffer =>
    Buffer.concat([u64(Buffer.byteLength(header)), Buffer.from(header), Buffer.alloc(data)]);
  const tensor = (start: number, end: number) => `{"dtype":"F32","shape":[1],"data_offsets":[${start},${end}]}`;

  test('a plain file is silent', async () => {
    expect(
      await scan('m.safetensors', build(`{"a":${tensor(0, 4)},"b":${tensor(4, 8)},"__metadata__":{"format":"pt"}}`, 8)),
    ).toEqual([]);
  });

  test.each([
    ['a header longer than the file', Buffer.concat([u64(1 << 20), Buffer.from('{"a":1}')])],
    ['overlapping tensors', build(`{"a":${tensor(0, 8)},"b":${tensor(4, 12)}}`, 12)],
    ['a name twice', build(`{"a":${tensor(0, 4)},"a":${tensor(0, 4)}}`, 4)],
    ['bytes behind the last tensor', build(`{"a":${tensor(0, 4)}}`, 9)],
    ['a tensor outside the file', build(`{"a":${tensor(0, 400)}}`, 4)],
    ['a gap', build(`{"a":${tensor(4, 8)}}`, 8)],
  ])('%s is MEDIUM', async (_what, bytes) => {
    expect(await scan('m.safetensors', bytes)).toContain('STN-001 MEDIUM');
  });

  test('script in the metadata is MEDIUM', async () => {
    expect(await scan('m.safetensors', build('{"__metadata__":{"t":"{{ x.__class__ }}"}}', 0))).toEqual([
      'STN-002 MEDIUM',
    ]);
  });
});

describe('GGUF', () => {
  const text = (value: string): Buffer => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
  const u32 = (value: number): Buffer => u64(value).subarray(0, 4);
  const build = (template: string): Buffer =>
    Buffer.concat([
      Buffer.from('GGUF'),
      u32(3),
      u64(0),
      u64(2),
      text('general.name'),
      u32(8),
      text('m'),
      text('tokenizer.chat_template'),
      u32(8),
      text(template),
    ]);

  test('an ordinary chat template is silent', async () => {
    const template =
      "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] }}{% endfor %}";
    expect(await scan('m.gguf', build(template))).toEqual([]);
  });

  test.each([
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__cla' + 'ss__'] }}",
    "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ messages | attr('__init__') }}",
    '{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}',
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
  ])('CVE-2024-34359: %s is CRITICAL', async (template) => {
    expect(await scan('m.gguf', build(template))).toEqual(['GGU-001 CRITICAL']);
  });

  test('the template is found behind 70,000 other keys and where its key goes on', async () => {
    const entry = (key: string, value: string): Buffer => Buffer.concat([text(key), u32(8), text(value)]);
    const head = (count: number): Buffer => Buffer.concat([Buffer.from('GGUF'), u32(3), u64(0), u64(count)]);
    const evil = entry('tokenizer.chat_template', "{{ ''.__class__ }}");
    const many = Buffer.concat(Array.from({ length: 70_000 }, () => entry('k', '')));
    expect(await scan('m.gguf', Buffer.concat([head(70_001), many, evil]))).toEqual(['GGU-001 CRITICAL']);
    const longer = entry('tokenizer.chat_template\0x', "{{ ''.__class__ }}");
    expect(await scan('m.gguf', Buffer.concat([head(1), longer]))).toEqual(['GGU-001 CRITICAL']);
  });

  test('a header that cannot be read to its end leaves the scan incomplete', async () => {
    const { isIncomplete } = await scanBytes('m.gguf', build('x').subarray(0, 50));
    expect(isIncomplete).toBe(true);
  });

  test.each(['GGUF quantizations of Foo, ready to use with llama.cpp.\n', 'GGUF\n====\nQuantised files.\n'])(
    'a document that begins with the word is none: %s',
    async (content) => {
      expect(await scan('README.md', Buffer.from(content))).toEqual([]);
    },
  );

  test('impossible counts are MEDIUM and do not hang', async () => {
    expect(await scan('m.gguf', Buffer.concat([Buffer.from('GGUF'), u32(3), u64(2 ** 50), u64(2 ** 50)]))).toEqual([
      'GGU-002 MEDIUM',
    ]);
    expect(await scan('m.gguf', build('x').subarray(0, 50))).toEqual(['GGU-002 MEDIUM']);
  });
});

describe('ONNX', () => {
  const external = (location: string): Buffer =>
    field(5, field(13, Buffer.concat([field(1, 'location'), field(2, location)])));
  const build = (graph: Uint8Array, domain = ''): Buffer =>
    Buffer.concat([
      field(1, 8),
      field(2, 'test'),
      field(7, graph),
      field(8, Buffer.concat([field(1, domain), field(2, 13)])),
    ]);

  test('weights beside the model are ordinary', async () => {
    expect(await scan('m.onnx', build(external('weights.bin')))).toEqual([]);
  });

  test.each([
    ['CVE-2022-25882', '../../../etc/passwd'],
    ['CVE-2024-27318', 'a/../../b'],
    ['CVE-2025-51480', '/etc/cron.d/job'],
    ['a Windows path', 'C:\\secrets'],
  ])('%s: %s is HIGH', async (_id, location) => {
    expect(await scan('m.onnx', build(external(location)))).toEqual(['ONX-001 HIGH']);
  });

  const unknown = Buffer.concat([field(101, 'x')]);
  const group = Buffer.from([0xa3, 0x06, 0x0b, 0x0c, 0x08, 1, 0xa4, 0x06]);
  const version = field(1, 8);
  test.each([
    ['its version last', (model: Buffer) => Buffer.concat([model.subarray(2), version])],
    ['no version', (model: Buffer) => model.subarray(2)],
    ['an unknown field first', (model: Buffer) => Buffer.concat([unknown, model])],
    ['an unknown field last', (model: Buffer) => Buffer.concat([model, unknown])],
    ['an unknown group', (model: Buffer) => Buffer.concat([group, model, group])],
    ['1,100,000 unknown fields', (model: Buffer) => Buffer.concat([Buffer.alloc(2_200_000, '\x60\x01'), model])],
  ])('a model with %s is one', async (_what, change) => {
    expect(await scan('m.onnx', change(build(external('/etc/passwd'))))).toEqual(['ONX-001 HIGH']);
  });

  test('of a key that stands twice the last one counts', async () => {
    const entry = Buffer.concat([field(1, 'checksum'), field(1, 'location'), field(2, 'a'), field(2, '../x')]);
    expect(await scan('m.onnx', build(field(5, field(13, entry))))).toEqual(['ONX-001 HIGH']);
  });

  test('a graph for training is looked at', async () => {
    const model = Buffer.concat([build(field(2, 'g')), field(20, field(2, external('../x')))]);
    expect(await scan('m.onnx', model)).toEqual(['ONX-001 HIGH']);
  });

  test.each([' ', '\n', 'z', '-', '08', 'zz:z'])('a text of %j alone is no model', async (part) => {
    const found = await scanBytes('a.txt', Buffer.from(part.repeat(124 * 6)));
    expect(found.format).toBe('text');
    expect(summary(found)).toEqual([]);
  });

  test('a tensor inside an attribute of a node is seen too', async () => {
    const node = field(
      1,
      field(
        5,
        Buffer.concat([field(1, 'value'), field(5, field(13, Buffer.concat([field(1, 'location'), field(2, '/x')])))]),
      ),
    );
    expect(await scan('m.onnx', build(node))).toEqual(['ONX-001 HIGH']);
  });

  test('a foreign operator domain is MEDIUM', async () => {
    expect(await scan('m.onnx', build(field(2, 'g'), 'my.domain'))).toEqual(['ONX-002 MEDIUM']);
  });
});

describe('TensorFlow', () => {
  const model = (operation: string): Buffer => {
    const node = field(1, Buffer.concat([field(1, 'n'), field(2, operation)]));
    return Buffer.concat([field(1, 1), field(2, field(2, node))]);
  };

  test('TensorAbuse: operations on files are HIGH, printing is MEDIUM, arithmetic is silent', async () => {
    expect(await scan('saved_model.pb', model('WriteFile'))).toEqual(['TF-001 HIGH']);
    expect(await scan('saved_model.pb', model('PrintV2'))).toEqual(['TF-002 MEDIUM']);
    expect(await scan('saved_model.pb', model('MatMul'))).toEqual([]);
  });

  test('the graph may come first, behind unknown fields, or alone as a checkpoint has it', async () => {
    const bytes = model('WriteFile');
    const version = bytes.subarray(0, 2);
    const graph = bytes.subarray(2);
    const unknown = field(99, 'x');
    const meta = field(2, field(1, field(2, 'WriteFile')));
    for (const variant of [Buffer.concat([graph, version]), Buffer.concat([unknown, bytes]), meta])
      expect(await scan('saved_model.pb', variant)).toEqual(['TF-001 HIGH']);
  });
});

describe('Parquet', () => {
  const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

  test.each(['injection.parquet', 'injection.snappy.parquet'])(
    'an order among 200 ordinary rows of %s is HIGH',
    async (name) => {
      expect(await scan('data.parquet', fixture(name))).toEqual(['DAT-001 HIGH']);
    },
  );

  test('a damaged footer or page is told', async () => {
    const bytes = Buffer.from(fixture('injection.snappy.parquet'));
    bytes.fill(0xff, bytes.length - 40, bytes.length - 8);
    expect(await scan('data.parquet', bytes)).toEqual(['SYS-002 MEDIUM']);
    const cut = Buffer.from(fixture('injection.snappy.parquet'));
    cut.fill(0xff, 60, 200);
    expect(await scan('data.parquet', cut)).toContain('SYS-002 MEDIUM');
  });
});

describe('numpy and PyTorch', () => {
  const npy = (descr: string, data: Uint8Array): Buffer => {
    const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (1,), }\n`;
    return Buffer.concat([
      Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
      Buffer.from([header.length, 0]),
      Buffer.from(header),
      data,
    ]);
  };

  test('numpy CVE-2019-6446: an object array is a pickle', async () => {
    expect(await scan('a.npy', npy('|O', callPickle('os', 'system')))).toEqual(['PKL-002 CRITICAL']);
    expect(await scan('a.npy', npy('<f8', Buffer.alloc(8)))).toEqual([]);
    expect(
      await scan(
        'a.npz',
        buildZip([{ name: 'a.npy', content: npy('|O', callPickle('os', 'system')), isDeflated: true }]),
      ),
    ).toEqual(['PKL-002 CRITICAL']);
  });

  test('a checkpoint with raw tensors is silent, TorchScript is MEDIUM', async () => {
    const state = pickle(op.proto(2), op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce, op.stop);
    const members = [
      { name: 'm/data.pkl', content: state },
      { name: 'm/data/0', content: Buffer.alloc(1000, 0x80) },
      { name: 'm/version', content: Buffer.from('3\n') },
    ];
    expect(await scan('m.pt', buildZip(members))).toEqual([]);
    const script = [
      ...members,
      { name: 'm/code/model.py', content: Buffer.from('x = 1\n') },
      { name: 'm/constants.pkl', content: state },
    ];
    expect(await scan('m.pt', buildZip(script))).toEqual(['TSC-001 MEDIUM']);
  });

  test('Git LFS pointers and unknown formats are told', async () => {
    expect(
      await scan('m.bin', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n')),
    ).toEqual(['IDN-002 MEDIUM']);
    expect(await scan('m.bin', Buffer.from([0xfe, 0xed, 0xfd, 0, 1, 2]))).toEqual(['SYS-003 INFO']);
  });
});
