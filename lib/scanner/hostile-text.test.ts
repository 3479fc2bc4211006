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
