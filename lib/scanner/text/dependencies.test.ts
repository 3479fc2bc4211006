import { expect, test } from 'vitest';
import { scanBytes, summary } from '../fixtures/scan';
import { lookalikeOf } from './dependencies';
import { readPyproject } from './pyproject';
import { readRequirements } from './requirements';
import { admissionOf, exactVersion } from './version-ranges';

const scan = async (name: string, text: string): Promise<string[]> => summary(await scanBytes(name, Buffer.from(text)));

test.each([
  'ultralytics==8.3.41',
  'ultralytics===8.3.41',
  'ultralytics==8.3.41.0',
  'ultralytics==0!8.3.41',
  'ultralytics == v8.3.41',
  'ultralytics==8.3.41.*',
  'ultralytics \\\n  ==8.3.41',
  'ultralytics \\\n# a comment\nultralytics==8.3.41',
  'ultralytics (==8.3.41)',
  'ultralytics[extra] (==8.3.41) ; python_version > "3"',
  'ultralytics>=8.3.41,<=8.3.41',
  'ultralytics>=8,<8.3.42',
  'ultralytics<=8.3.42,!=8.3.41',
  'Ultralytics==8.3.41 --hash=sha256:00 # a comment',
  `ultralytics${' '.repeat(20_000)}==8.3.41`,
  'numpy\fultralytics==8.3.41',
  'ultralytics @ https://files.example.org/ultralytics-8.3.41-py3-none-any.whl',
  'https://files.example.org/ultralytics-8.3.41.tar.gz#sha256=00',
  '-e ./wheels/ultralytics-8.3.41-py3-none-any.whl',
])('the malicious release is found in %j, as pip reads it', async (text) => {
  expect(await scan('requirements.txt', `numpy\n${text}\n`)).toEqual(['DEP-001 CRITICAL']);
});

test.each([
  'ultralytics>=8.0',
  'ultralytics==8.3.*',
  'ultralytics~=8.3.0',
  'ultralytics!=8.3.41',
  'ultralytics>=8.3.40,!=8.3.41,!=8.3.42',
  'ultralytics==8.3.4',
  'ultralytics==8.3.41rc1',
  'ultralytics # not 8.3.41',
  '# ultralytics==8.3.41',
  'ultralytics',
])('%j leads to an honest release', async (text) => {
  expect(await scan('requirements.txt', `${text}\n`)).toEqual([]);
});

test('a range that starts at the malicious release is LOW, and hides no worse one', async () => {
  expect(await scan('requirements.txt', 'ultralytics>=8.3.41\n')).toEqual(['DEP-001 LOW']);
  expect(await scan('requirements.txt', 'ultralytics>=8.3.41\nultralytics==8.3.41\n')).toEqual([
    'DEP-001 CRITICAL',
    'DEP-001 LOW',
  ]);
});

test.each([
  'requirements/base.txt',
  'a/requirements-dev.in',
  'dev-requirements.txt',
  'test_requirements.txt',
  'constraints.txt',
])('%s is a list of requirements', async (name) => {
  expect(await scan(name, 'ultralytics==8.3.41\n')).toEqual(['DEP-001 CRITICAL']);
});

test.each([
  '[project]\ndependencies = ["numpy", "ultralytics[extra]==8.3.41"]\n',
  '[project]\ndependencies = [\n  "a[b]", # ] a comment\n  \'ultralytics (===8.3.41)\',\n]\n',
  '[project.optional-dependencies]\ngpu = ["ultralytics>=8.3.41,<=8.3.41"]\n',
  '[dependency-groups]\ndev = [{include-group = "a"}, "ultralytics==8.3.41"]\n',
  '[build-system]\nrequires = ["ultralytics==8.3.41"]\n',
  '[tool.poetry.dependencies]\npython = "^3.10"\nultralytics = "8.3.41"\n',
  '[tool.poetry.group.dev.dependencies]\nultralytics = { version = "8.3.41", extras = ["x"] }\n',
])('the malicious release is found in a pyproject.toml: %j', async (text) => {
  expect(await scan('pyproject.toml', text)).toEqual(['DEP-001 CRITICAL']);
});

test('a pyproject.toml names nothing but its dependencies', () => {
  const text = '[project]\nname = "torchtriton"\nkeywords = ["diango"]\n[tool.x]\nselect = ["E", "djago"]\n';
  expect(readPyproject(text)).toEqual([]);
});

test.each(['5.6.1', '=5.6.1', 'v5.6.1', '<=5.6.1', '5.6.1 - 5.6.1', '4.0.0 || 5.6.1', 'npm:chalk@5.6.1'])(
  'the malicious release is found in a package.json: %j',
  async (range) => {
    const name = range.startsWith('npm:') ? 'colours' : 'chalk';
    expect(await scan('package.json', JSON.stringify({ dependencies: { [name]: range } }))).toEqual([
      'DEP-001 CRITICAL',
    ]);
    expect(await scan('package.json', '{"dependencies":{"chalk":"^5.0.0","debug":"~4.4.1","rc":"1.2.8"}}')).toEqual([]);
  },
);

test('real packages are no imitations', () => {
  const real = ['fastai', 'scapy', 'torchx', 'jinja', 'openapi', 'ngboost', 'willow', 'bpython'];
  expect(real.filter((name) => lookalikeOf('pypi', name) !== undefined)).toEqual([]);
  expect(['tensorfow', 'pandsa', 'requestss'].map((name) => lookalikeOf('pypi', name))).toEqual([
    'tensorflow',
    'pandas',
    'requests',
  ]);
});

test('lines, options and exact versions are read', () => {
  expect(readRequirements('-r a.txt\n\nA_b.C>=1 \\\n,<2\n--hash=x\nz')).toEqual([
    { name: 'a-b-c', range: '>=1 ,<2', line: 3 },
    { name: 'z', range: '', line: 6 },
  ]);
  expect(['==1.0', '===1.0', '>=1.0,<=1', '1.0', '>=1', '==1.*', '1 || 2', ''].map(exactVersion)).toEqual([
    '1.0',
    '1.0',
    '1.0',
    '1.0',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(admissionOf('^1.2.0', '1.2.0')).toBe('admitted');
  expect(admissionOf('^0.8.0', '0.9.0')).toBe('excluded');
});
