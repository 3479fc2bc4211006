import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findFiles, type WalkOptions } from './file-walk';
import { DEFAULT_POLICY } from './policy';
import { scanTree } from './scan-tree';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'heptad-walk-')));
afterAll(() => rmSync(top, { recursive: true, force: true }));

let folders = 0;

/** Makes files (path: content) and links (path: → target) in a folder of their own. */
function tree(entries: Readonly<Record<string, string>>): string {
  folders += 1;
  const root = join(top, String(folders), 'tree');
  mkdirSync(root, { recursive: true });
  for (const [name, content] of Object.entries(entries)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    if (content.startsWith('→')) symlinkSync(content.slice(1), path);
    else writeFileSync(path, content);
  }
  return root;
}

/** Paths found, `>` before those that were told instead. */
function walk(root: string, paths = ['.'], options: Partial<WalkOptions> = {}): string[] {
  const { files, unreadable } = findFiles(paths, { root, ignorePaths: [], ...options });
  return [...files.map(({ path }) => path), ...unreadable.map(({ path }) => `>${path}`)].toSorted();
}

const blob = 'ab'.repeat(32);
const cached = {
  [`hub/models--org--name/blobs/${blob}`]: 'weights',
  'hub/models--org--name/snapshots/c0ffee/model.pkl': `→../../blobs/${blob}`,
  'hub/models--org--other/blobs/x.bin': 'other',
};
const snapshot = 'hub/models--org--name/snapshots/c0ffee';

describe('links', () => {
  test.each<[string, Record<string, string>, string[], string[]]>([
    ['a link named directly is followed', { 'm/a.pkl': 'x', 'l.pkl': '→m/a.pkl' }, ['l.pkl'], ['l.pkl']],
    ['a linked folder named directly is followed', { 'm/a.pkl': 'x', l: '→m' }, ['l'], ['l/a.pkl']],
    ['a snapshot in the cache of Hugging Face', cached, [snapshot], [`${snapshot}/model.pkl`]],
    ['the file of a snapshot', cached, [`${snapshot}/model.pkl`], [`${snapshot}/model.pkl`]],
    [
      'a whole cache: the name people gave counts, not the digest',
      cached,
      ['hub'],
      [`${snapshot}/model.pkl`, 'hub/models--org--other/blobs/x.bin'],
    ],
    [
      'a snapshot may not reach another repository of the cache',
      { ...cached, [`${snapshot}/evil`]: '→../../../models--org--other/blobs/x.bin' },
      [snapshot],
      [`>${snapshot}/evil`, `${snapshot}/model.pkl`],
    ],
    ['one content with names of one kind is seen once', { 'a.pkl': 'x', 'sub/a.pkl': '→../a.pkl' }, ['.'], ['a.pkl']],
    ['a name of another kind is seen too', { 'a.txt': 'x', 'b.pkl': '→a.txt' }, ['.'], ['a.txt', 'b.pkl']],
    [
      'a small file gets the rules of each of its names',
      { 'a.txt': 'x', 'requirements.txt': '→a.txt' },
      ['.'],
      ['a.txt', 'requirements.txt'],
    ],
    ['a linked folder is listed once', { 'a/x.pkl': 'x', b: '→a', c: '→b' }, ['.'], ['a/x.pkl']],
    ['folders do not lead round in circles', { 'a/x.pkl': 'x', 'a/up': '→..', 'a/me': '→me' }, ['.'], ['a/x.pkl']],
    [
      'a linked folder whose own name is passed over is seen',
      { 'node_modules/m/x.pkl': 'x', l: '→node_modules/m' },
      ['.'],
      ['l/x.pkl'],
    ],
    [
      'a link to what a pattern leaves out is seen',
      { '.heptadignore': 'third/\n', 'third/x.pkl': 'x', 'l.pkl': '→third/x.pkl' },
      ['.'],
      ['.heptadignore', 'l.pkl'],
    ],
    ['a link that a pattern leaves out is not told', { '.heptadignore': 'l\n', l: '→/etc' }, ['.'], ['.heptadignore']],
    ['a link that leads to nothing inside is left out', { l: '→gone', 'a.pkl': 'x' }, ['.'], ['a.pkl']],
    ['a link that leads to nothing outside is told', { l: '→../gone', 'a.pkl': 'x' }, ['.'], ['>l', 'a.pkl']],
    ['a link to a file outside is told', { 'm/l': '→../a.pkl', 'a.pkl': 'x' }, ['m'], ['>m/l']],
    ['a link to the folder around is told', { 'm/l': '→..', 'a.pkl': 'x' }, ['m'], ['>m/l']],
    ['a link by way of another is told', { 'm/l': '→k/hosts', 'm/k': '→/etc' }, ['m'], ['>m/k', '>m/l']],
    ['a folder whose name only begins alike is outside', { 'm/l': '→../m2/a', 'm2/a': 'x' }, ['m'], ['>m/l']],
    [
      'what another path names is inside',
      { 'm/l.bin': '→../n/a.pkl', 'n/a.pkl': 'x' },
      ['m', 'n'],
      ['m/l.bin', 'n/a.pkl'],
    ],
  ])('%s', (_, entries, paths, expected) => {
    expect(walk(tree(entries), paths)).toEqual(expected.toSorted());
  });

  test('links to links to folders end, however many ways there are', () => {
    const entries: Record<string, string> = { 'end/x.pkl': 'x' };
    for (let n = 0; n < 40; n += 1)
      for (const side of ['a', 'b']) entries[`.hg/${n}/${side}`] = n === 39 ? '→../../end' : `→../${n + 1}`;
    entries['in'] = '→.hg/0';
    expect(walk(tree(entries))).toEqual(['end/x.pkl']);
  });

  test('one content is not scanned under names without end', () => {
    const links = Array.from({ length: 200 }, (_, n) => [`l${n}.txt`, '→a.txt'] as const);
    const found = walk(tree({ 'a.txt': 'x', ...Object.fromEntries(links) }));
    expect(found.filter((path) => !path.startsWith('>'))).toHaveLength(64);
    expect(found).toHaveLength(201);
  });

  test('the content is read under its own path, so that a link cannot be led elsewhere meanwhile', () => {
    const root = tree({ 'm/a.pkl': 'x', 'l.bin': '→m/a.pkl' });
    const { files } = findFiles(['l.bin'], { root, ignorePaths: [] });
    expect(files).toEqual([{ path: 'l.bin', absolutePath: join(root, 'm/a.pkl'), size: 1 }]);
    expect(readFileSync(files[0]!.absolutePath, 'utf8')).toBe('x');
  });

  test('a named pipe is told when it is named, and left out of a folder', () => {
    const root = tree({ 'a.pkl': 'x' });
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(walk(root, ['pipe'])).toEqual(['>pipe']);
    expect(walk(root)).toEqual(['a.pkl']);
  });
});

describe('what is left out', () => {
  test.each([
    ['all that lies in a changed folder is wanted', ['sub'], ['sub/a/x.pkl', 'sub/y.pkl']],
    ['a name that only begins alike is not', ['su'], []],
    ['a changed link brings what it leads to', ['l'], ['l/z.pkl']],
    ['an unchanged link outside is not told', ['sub/y.pkl'], ['sub/y.pkl']],
  ])('%s', (_, only, expected) => {
    const entries = { 'sub/a/x.pkl': 'x', 'sub/y.pkl': 'y', '.hg/z.pkl': 'z', l: '→.hg', out: '→/etc' };
    expect(walk(tree(entries), ['.'], { only: new Set(only) })).toEqual(expected);
  });

  test('what the ignore file leaves out is counted apart from what the policy does', () => {
    const root = tree({ '.heptadignore': '*.bin\n', 'a.bin': '', 'b.bin': '', 'c.txt': '' });
    const { skipped, ignored } = findFiles(['.'], { root, ignorePaths: ['b.bin', 'c.txt'] });
    expect({ skipped, ignored }).toEqual({ skipped: 3, ignored: 1 });
  });

  test('a folder in which there is nothing to scan makes no clean scan', async () => {
    const root = tree({});
    const report = await scanTree({ paths: ['.'], root, policy: DEFAULT_POLICY, policySource: 'unmanaged' });
    expect(report.verdict).toBe('incomplete');
    expect(report.findings.map(({ ruleId, message }) => [ruleId, message])).toEqual([
      ['SYS-002', 'There is no file in it to scan'],
    ]);
  });
});
