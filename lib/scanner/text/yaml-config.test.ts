import { describe, expect, test } from 'vitest';
import { scanBytes, summary } from '../fixtures/scan';
import { isDangerousTarget } from './config-target';
import { yamlTokens } from './yaml-tokens';

const scan = async (content: string, name = 'config.yaml'): Promise<string[]> =>
  summary(await scanBytes(name, Buffer.from(content)));
const scalars = (text: string): string[] =>
  [...yamlTokens(text)].filter(({ kind }) => kind === 'scalar').map(({ text: content }) => content);

describe('CVE-2025-23304: a Hydra target that executes is CRITICAL in every spelling that PyYAML reads', () => {
  test.each([
    ['flow style', 'm: {_target_: os.system, command: id}\n'],
    ['flow style without blanks', '{"m":{"_target_":"os.system"}, }\n'],
    ['an escaped key', 'm:\n  "\\x5ftarget_": os.system\n'],
    ['an escaped value', 'm:\n  _target_: "os\\U0000002Esystem"\n'],
    ['a broken line in quotes', 'm:\n  _target_: "os.\\\n     system"\n'],
    ['a folded block', 'm:\n  _target_: >-\n    os.system\n'],
    ['a literal block', 'm:\n  _target_: |2-\n    os.system\n'],
    ['the value on the next line', 'm:\n  _target_:\n    os.system\n'],
    ['single quotes', "m:\n  '_target_': 'os.system'\n"],
    ['an explicit key', '? _target_\n: os.system\n'],
    ['a tag before the value', 'm:\n  _target_: !!str os.system\n'],
    ['a tag before the key', 'm:\n  !!str _target_: os.system\n'],
    ['an alias as value', 'a: &x os.system\nm:\n  _target_: *x\n'],
    ['an alias as key', 'a: &x _target_\nm:\n  *x : os.system\n'],
    ['a list', '- _target_: os.system\n'],
    ['the line of the document mark', '--- {_target_: os.system}\n'],
    ['carriage returns', 'm:\r  _target_: os.system\r  command: id\r'],
    ['a quote in the lines before', 'a: it\n  "was\nm:\n  _target_: os.system\n'],
    ['a quote in a list item of two lines', 'a:\n- it\n  "was\nm:\n  _target_: os.system\n'],
    ['the end of flow style on a line of its own', 'a: {\n  b: foo\n}\n_target_: os.system\n'],
    ['the end of a flow list on a line of its own', 'a: [x,\n  y\n]\n_target_: os.system\n'],
    ['a comma at the beginning of a line', '{b: foo\n, _target_: os.system}\n'],
    ['a quote in flow style', '{a: it\n "was, _target_: os.system}\n'],
    ['a quote in a comment', 'a: 1 # it "was\nm:\n  _target_: os.system\n'],
    ['a quote in a block', 'a: |\n  it "was\nm:\n  _target_: os.system\n'],
    ['a quote behind a blank of Unicode', 'a:\n  it\uFEFF"was: 1\n  b\u00A0#"c: "2"\nm:\n  _target_: os.system\n'],
    ['a quote behind a key with an anchor', '&x b: c\n "d\n_target_: os.system\n'],
    ['a quote behind a key in brackets', '[b, c]: d\n "e\n_target_: os.system\n'],
    ['an interpolation', 'f: os.system\nm:\n  _target_: ${f}\n'],
    ['a part by interpolation', 'm:\n  sub: {f: system}\n  _target_: os.${m.sub.f}\n'],
    ['1.2 MB of comments before', `${'# pad\n'.repeat(200_000)}m:\n  _target_: os.system\n`],
    ['a module of another module', 'm:\n  _target_: shop.models.os.system\n'],
    ['a class path', 'model:\n  class_path: builtins.exec\n'],
  ])('%s', async (_what, content) => {
    expect(await scan(content)).toEqual(['HYD-001 CRITICAL']);
  });

  test('a path of 200 KB is told in a moment', async () => {
    const started = performance.now();
    expect(await scan(`_target_: os.system${'.a'.repeat(100_000)}\n`)).toEqual(['HYD-001 CRITICAL']);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

test.each([
  'torch.distributed.fsdp.MixedPrecision',
  'mlflow.MlflowClient',
  'mlflow.set_tracking_uri',
  'operator.itemgetter',
  'tensorflow.io.FixedLenFeature',
  'tempfile.gettempdir',
  'contextlib.nullcontext',
  'lightning.Trainer',
  'src.tasks.pickle.PickleDataset',
])('the target %s is ordinary', async (target) => {
  expect(await scan(`m:\n  _target_: ${target}\n`)).toEqual([]);
});

test.each([
  'torch.distributed.rpc.rpc_sync',
  'torch.distributed.os.system',
  'mlflow.pyfunc.load_model',
  'operator.methodcaller',
  'tensorflow.io.write_file',
  'eval',
  'torch.hub.load',
])('the target %s is dangerous', (target) => {
  expect(isDangerousTarget(target)).toBe(true);
});

describe('tags of PyYAML', () => {
  test.each([
    ['a: !!python/object/apply:os.system ["id"]', 'CRITICAL'],
    ['!!python/object/new:subprocess.Popen [id]', 'CRITICAL'],
    ['a: !<tag:yaml.org,2002:python/object/apply:os.system> [id]', 'CRITICAL'],
    ['a: !!python/object%2Fapply:os.system [id]', 'CRITICAL'],
    ['%TAG !p! tag:yaml.org,2002:python/object/\n---\na: !p!apply:os.system [id]', 'CRITICAL'],
    ['%TAG ! tag:yaml.org,2002:python/object/apply:\n---\na: !os.system [id]', 'CRITICAL'],
    ['!!python/object/new:type\nargs: [z, !!python/tuple [], {extend: !!python/name:exec }]', 'CRITICAL'],
    ['a: !!python/module:subprocess', 'CRITICAL'],
    ['a: !!python/object/apply:shop.run [1]', 'MEDIUM'],
    ['a: !!python/name:shop.run', 'LOW'],
  ])('%s is %s', async (content, severity) => {
    expect(await scan(`${content}\n`)).toContain(`YML-001 ${severity}`);
  });

  test.each([
    'a: !!python/tuple [1, 2]',
    'a: !!python/object/apply:collections.OrderedDict [[]]',
    'a: !!python/object/apply:pathlib.PosixPath [data]',
    'a: !!python/object:argparse.Namespace {lr: 1}',
    'format: !!python/name:pymdownx.superfences.fence_code_format',
    'slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}',
    '# !!python/object/apply:os.system\na: "!!python/object/apply:os.system"\nb: |\n  _target_: os.system\n',
  ])('%s is ordinary', async (content) => {
    expect(await scan(`${content}\n`)).toEqual([]);
  });
});

test('a dangerous chat template in a block is CRITICAL', async () => {
  expect(await scan("chat_template: |-\n  {% for m in messages %}\n  {{ ''.__class__ }}\n")).toEqual([
    'GGU-001 CRITICAL',
  ]);
});

test('scalars keep what their style says', () => {
  expect(scalars("a: b c # d\n\"e\\tf\": 'it''s'\n- g#h\n- [i, j k]\n---\nl: >\n  m\n\n  n\n")).toEqual([
    'a',
    'b c',
    'e\tf',
    "it's",
    'g#h',
    'i',
    'j k',
    'l',
    'm\n\nn',
  ]);
});

test.each([
  '- ',
  '? ',
  'a: ',
  '"',
  '{',
  '[a, ',
  '!!a ',
  '&a ',
  '*a ',
  '|\n',
  'a\n',
  '#',
  '"\\',
  'a: |\n b\n',
  ': ',
  '---\n',
])('1 MB of %j takes a moment', (part) => {
  const started = performance.now();
  for (const _token of yamlTokens(part.repeat(1_000_000 / part.length)));
  expect(performance.now() - started).toBeLessThan(5_000);
});
