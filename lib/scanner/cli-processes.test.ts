import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callPickle } from './fixtures/pickle-builder';
import { ScanCommand } from './fixtures/scan-command';
import { DEFAULT_LIMITS } from './limits';
import { reportSchema } from './report-schema';

const evil = callPickle('os', 'system');
let command: ScanCommand;

beforeAll(() => {
  command = new ScanCommand();
});

afterAll(() => command.remove());

test('what needs more memory than allowed is told, and the rest is scanned all the same', () => {
  const lists = Buffer.from(`[${'[],'.repeat(5_300_000)}[]]`);
  const cwd = command.place('memory', {
    'lists.json': lists,
    'larger.json': Buffer.concat([lists, Buffer.alloc(1 << 20, ' ')]),
    'z.bin': evil,
  });
  const { code, report } = command.runJson(cwd, '--max-mem', '128', '.');
  expect(code).toBe(1);
  expect(report.findings.map(({ ruleId, artifact }) => `${ruleId} ${artifact.path}`)).toEqual([
    'PKL-002 z.bin',
    'SYS-001 larger.json',
    'SYS-001 lists.json',
  ]);
  expect(report.findings.at(-1)!.message).toContain('memory');
  expect(report.totals).toMatchObject({ files: 3, incomplete: 2 });
});

test('a process that does not answer any more is ended, its file told, and the rest scanned by another', async () => {
  const cwd = command.place('silent', {
    'policy.json': JSON.stringify({ limits: { ...DEFAULT_LIMITS, artifactMs: 1_000 } }),
    'larger.pkl': Buffer.concat([evil, Buffer.alloc(100)]),
    'smaller.pkl': evil,
  });
  const args = ['--format', 'json', '--max-mem', '128', '--policy', 'policy.json', 'larger.pkl', 'smaller.pkl'];
  const scan = spawn(process.execPath, [command.bundle, ...args], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const output: Buffer[] = [];
  scan.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  const ended = once(scan, 'close');
  process.kill(await readerOf(scan), 'SIGSTOP');
  const [code] = (await ended) as [number];
  const { findings, totals } = reportSchema.parse(JSON.parse(Buffer.concat(output).toString()));
  expect(code).toBe(1);
  expect(findings.map(({ ruleId, artifact }) => `${ruleId} ${artifact.path}`)).toEqual([
    'PKL-002 smaller.pkl',
    'SYS-001 larger.pkl',
  ]);
  expect(totals).toMatchObject({ files: 2, incomplete: 1 });
});

/** Waits until a scan has started the process that reads files; it also starts git for a moment. */
async function readerOf(scan: ChildProcess): Promise<number> {
  while (scan.exitCode === null) {
    const children = readFileSync(`/proc/${scan.pid}/task/${scan.pid}/children`, 'utf8').split(' ').filter(Boolean);
    const reader = children.find((pid) => isReader(pid));
    if (reader !== undefined) return Number(reader);
    await sleep(1);
  }
  throw new Error('it ended before it read a file');
}

function isReader(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--max-old-space-size');
  } catch {
    return false;
  }
}
