import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { builtinModules } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildVerify } from '@/cli/build-verify';
import { formatVerifierKey, signer } from '@/lib/translog/note/verifier-key';
import { packParts } from '@/lib/translog/pack/pack-parts';
import { logSigner, ORIGIN, sampleLog, sampleNote, witnessSigner } from '@/lib/translog/testing/sample-log';
import { packBytes, samplePack } from '@/lib/translog/testing/sample-pack';
import { sampleTiles } from '@/lib/translog/testing/sample-tiles';

/** The single file, run as a reviewer runs it: in a folder of its own, with Node and nothing else. */
const log = sampleLog(600);
const tiles = sampleTiles(log);
const pack = samplePack(log, {
  start: 100,
  end: 400,
  size: 600,
  history: [64, 200],
  withPayloads: true,
  withFiles: true,
});
const logKey = formatVerifierKey(logSigner.key);
let folder: string;
let program: string;

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'heptad-verify-'));
  program = await buildVerify(path.join(folder, 'heptad-verify.mjs'));
  writeFileSync(path.join(folder, 'pack.tar'), await packBytes(pack));
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { cwd: folder, env: { NODE_ENV: 'production', ...env } },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

async function verdict(...args: string[]): Promise<{ code: number } & Record<string, unknown>> {
  const { code, stdout } = await run([...args, '--json']);
  return { code, ...(JSON.parse(stdout) as Record<string, unknown>) };
}

function writeTiles(name: string, files: ReadonlyMap<string, Uint8Array>): string {
  for (const [file, bytes] of files) {
    const at = path.join(folder, name, file);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, bytes);
  }
  return path.join(folder, name);
}

async function writeFolderPack(name: string): Promise<string> {
  for (const { name: member, chunks } of packParts(pack)) {
    const at = path.join(folder, name, member);
    mkdirSync(path.dirname(at), { recursive: true });
    const pieces: Uint8Array[] = [];
    for await (const chunk of chunks) pieces.push(chunk);
    writeFileSync(at, Buffer.concat(pieces));
  }
  return path.join(folder, name);
}

test('the file asks for no module but those of Node', () => {
  const text = readFileSync(program, 'utf8');
  const imports = /^import [^;]*?from "([^"]+)";$|\b(?:import|require)\("([^"]+)"\)/gm;
  const asked = [...text.matchAll(imports)].map(([, named, called]) => named ?? called ?? '');
  expect(asked).toContain('node:crypto');
  expect(asked.filter((name) => !builtinModules.includes(name.replace(/^node:/, '')))).toEqual([]);
});

describe('a pack', () => {
  test('verifies: exit 0, with what was checked', async () => {
    expect(await verdict('pack.tar')).toMatchObject({
      code: 0,
      ok: true,
      size: 600,
      root: log.tree.mth(0, 600).toString('base64'),
      firstBad: null,
      checked: { entries: 300, history: 2, payloads: pack.openings.length, files: 2 },
    });
  });

  test('tells a person whose key it was', async () => {
    const { code, stdout } = await run(['pack.tar']);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'OK: 300 entries of heptad.example/agent-audit/acme, positions 100 to 399 of 600, are as logged.',
    );
    expect(stdout).toContain('name that one with --key');
    const named = await run(['pack.tar', '--key', logKey]);
    expect(named.code).toBe(0);
    expect(named.stdout).not.toContain('--key');
    expect(named.stdout).toContain(
      `  signed by     ${logKey}\n  unknown       ${formatVerifierKey(witnessSigner.key)}\n`,
    );
    expect(named.stdout).toContain('You did not name the unknown keys. They came with the data');
    expect(stdout).not.toContain('unknown');
  });

  test('that was changed does not: exit 2, with the first bad position', async () => {
    const bytes = await packBytes(pack);
    const at = bytes.indexOf('event-250');
    bytes.write('E', at);
    writeFileSync(path.join(folder, 'changed.tar'), bytes);
    expect(await verdict('changed.tar')).toMatchObject({ code: 2, ok: false, size: 600, firstBad: 250 });
    const { code, stdout } = await run(['changed.tar']);
    expect(code).toBe(2);
    expect(stdout).toContain('NOT OK: first bad position 250. Entries 100 to 249 are as logged.');
  });

  test('that is any other file does not verify either', async () => {
    writeFileSync(path.join(folder, 'other.tar'), 'this is no pack');
    expect(await verdict('other.tar')).toMatchObject({ code: 2, ok: false, size: null, root: null, firstBad: 0 });
    writeFileSync(path.join(folder, 'empty.tar'), '');
    expect(await verdict('empty.tar')).toMatchObject({ code: 2, ok: false, firstBad: 0 });
  });

  test('verifies as the folder it was unpacked into; files beside it do not matter', async () => {
    const unpacked = await writeFolderPack('unpacked');
    writeFileSync(path.join(unpacked, 'notes-of-the-reviewer.txt'), 'seen');
    expect(await verdict('unpacked')).toMatchObject({ code: 0, ok: true, checked: { files: 2 } });
    writeFileSync(path.join(unpacked, 'files/evidence/file-0.txt'), 'changed');
    expect(await verdict('unpacked')).toMatchObject({ code: 2, firstBad: 400 });
    rmSync(path.join(unpacked, 'entries'));
    expect(await verdict('unpacked')).toMatchObject({ code: 2, firstBad: 100 });
  });

  test('is checked against keys in a file, a policy and a kept checkpoint', async () => {
    writeFileSync(path.join(folder, 'keys'), `${logKey}\n\n${formatVerifierKey(witnessSigner.key)}\n`);
    writeFileSync(
      path.join(folder, 'policy'),
      `log ${logKey}\nwitness w ${formatVerifierKey(witnessSigner.key)}\nquorum w\n`,
    );
    writeFileSync(path.join(folder, 'known'), sampleNote(log, 200));
    writeFileSync(path.join(folder, 'forked'), sampleNote(sampleLog(600, 9), 200));
    const options = ['--key', 'keys', '--policy', 'policy'];
    expect(await verdict('pack.tar', ...options, '--known', 'known')).toMatchObject({ code: 0, isTrusted: true });
    expect(await verdict('pack.tar', ...options, '--known', 'forked')).toMatchObject({ code: 2, firstBad: 100 });
    expect(await verdict('pack.tar', '--key', logKey.replace('heptad', 'haptad').slice(0, -1))).toMatchObject({
      code: 1,
    });
  });
});

describe('trust that is asked for but empty', () => {
  test.each([
    ['--key', '', '--key "" holds no key: give a verifier key'],
    ['--key', 'empty-keys', '--key "empty-keys" holds no key'],
    ['--policy', '', '--policy names no file'],
    ['--known', '', '--known names no file'],
  ])('%s "%s" is never taken as none: exit 1, no verdict', async (option, value, sentence) => {
    const thief = signer(ORIGIN, Buffer.alloc(32, 66));
    writeFileSync(
      path.join(folder, 'forged.tar'),
      await packBytes(samplePack(sampleLog(9, 5), { start: 0, end: 9, size: 9, signers: [thief] })),
    );
    writeFileSync(path.join(folder, 'empty-keys'), '\n \n');
    const { code, stdout, stderr } = await run(['forged.tar', option, value]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(sentence);
    // A good key beside it does not make up for it: a key that was meant to be there is not.
    expect(await verdict('pack.tar', '--key', logKey, option, value)).toMatchObject({ code: 1, ok: false, size: null });
  });
});

test('a policy is read as octets: a name that is no UTF-8 stays itself', async () => {
  const [before, after] = [`log ${logKey}\nwitness \xff ${formatVerifierKey(witnessSigner.key)}\nquorum `, '\n'];
  writeFileSync(path.join(folder, 'octets'), `${before}\xff${after}`, 'latin1');
  writeFileSync(path.join(folder, 'other-octets'), `${before}\xfe${after}`, 'latin1');
  expect(await verdict('pack.tar', '--policy', 'octets')).toMatchObject({ code: 0, ok: true });
  expect(await verdict('pack.tar', '--policy', 'other-octets')).toMatchObject({ code: 1, ok: false });
});

describe('a folder of tiles', () => {
  test('verifies, or names the first bad position', async () => {
    const at = writeTiles('tiles', tiles);
    expect(await verdict('tiles')).toMatchObject({ code: 0, ok: true, size: 600, firstBad: null });
    const bundle = Buffer.from(tiles.get('tile/entries/001')!);
    bundle.write('E', bundle.indexOf('event-300'));
    writeFileSync(path.join(at, 'tile/entries/001'), bundle);
    expect(await verdict('tiles')).toMatchObject({ code: 2, ok: false, size: 600, firstBad: 300 });
  });

  test('that holds neither a pack nor a log cannot be verified: exit 1', async () => {
    mkdirSync(path.join(folder, 'nothing'));
    const { code, stderr } = await run(['nothing']);
    expect(code).toBe(1);
    expect(stderr).toContain('neither a pack nor a log');
  });
});

async function serving<T>(listener: RequestListener, use: (address: string) => Promise<T>): Promise<T> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function serveTiles(files: ReadonlyMap<string, Uint8Array>, token?: string): RequestListener {
  return (request, response) => {
    const file = files.get(request.url!.replace('/api/v1/log/', ''));
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) response.writeHead(401).end();
    else if (file === undefined) response.writeHead(404).end();
    else response.end(file);
  };
}

const endless: RequestListener = (request, response) => {
  if (!request.url!.includes('entries')) {
    serveTiles(tiles)(request, response);
    return;
  }
  const send = () => {
    while (response.write(Buffer.alloc(1_048_576)));
  };
  response.on('drain', send);
  send();
};

const elsewhere: RequestListener = (_, response) => {
  response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
};

describe('an address', () => {
  test('verifies', async () => {
    const result = await serving(serveTiles(tiles), (address) => verdict(`${address}/api/v1/log/`));
    expect(result).toMatchObject({ code: 0, ok: true, size: 600 });
  });

  test('with a missing bundle does not: the position is named', async () => {
    const files = new Map([...tiles].filter(([name]) => name !== 'tile/entries/001'));
    const result = await serving(serveTiles(files), (address) => verdict(`${address}/api/v1/log`));
    expect(result).toMatchObject({ code: 2, firstBad: 256 });
  });

  test('gets the token from the environment, and says so when it is missing', async () => {
    await serving(serveTiles(tiles, 'hpt_secret'), async (address) => {
      const denied = await run([`${address}/api/v1/log`]);
      expect(denied.code).toBe(1);
      expect(denied.stderr).toContain('HEPTAD_TOKEN');
      const allowed = await run([`${address}/api/v1/log`], { HEPTAD_TOKEN: 'hpt_secret' });
      expect(allowed.code).toBe(0);
    });
  });

  test('that fails now and then is asked again', async () => {
    let count = 0;
    const flaky: RequestListener = (request, response) => {
      count += 1;
      if (count % 5 === 2) response.writeHead(503).end();
      else serveTiles(tiles)(request, response);
    };
    expect(await serving(flaky, (address) => verdict(`${address}/api/v1/log`))).toMatchObject({ code: 0, ok: true });
  });

  test('that sends more than any good resource has is not read to the end', async () => {
    expect(await serving(endless, (address) => verdict(`${address}/api/v1/log`))).toMatchObject({
      code: 2,
      firstBad: 0,
    });
  });

  test.each(['?x=1', '?', '#top', '/?next=/'])(
    'with %s at its end is refused: exit 1, nothing is asked',
    async (end) => {
      const asked: string[] = [];
      const listener: RequestListener = (request, response) => {
        asked.push(request.url!);
        response.writeHead(404).end();
      };
      const { code, stderr } = await serving(listener, (address) => run([`${address}/api/v1/log${end}`]));
      expect({ code, asked }).toEqual({ code: 1, asked: [] });
      expect(stderr).toContain('The address of a log has no query (?) and no fragment (#)');
    },
  );

  test('that redirects is not followed, and one that does not answer is no verdict', async () => {
    expect(await serving(elsewhere, (address) => verdict(address))).toMatchObject({
      code: 1,
      ok: false,
      firstBad: null,
    });
    const closed = await serving(serveTiles(tiles), (address) => Promise.resolve(address));
    expect(await verdict(closed)).toMatchObject({ code: 1, ok: false });
  });
});

describe('the command line', () => {
  test('without a target, with two or with an unknown option it explains itself: exit 1', async () => {
    for (const args of [[], ['a', 'b'], ['a', '--unknown']]) {
      const { code, stderr } = await run(args);
      expect(code).toBe(1);
      expect(stderr).toContain('Usage: node heptad-verify.mjs');
    }
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Exit code: 0 verified, 2 not verified');
  });

  test('a target that is not there: exit 1, and JSON for programs', async () => {
    expect(await verdict('missing.tar')).toMatchObject({ code: 1, ok: false, size: null, firstBad: null });
  });
});
