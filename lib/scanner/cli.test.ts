import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeStatement, signStatement, stateFiles } from './fixtures/model-signer';
import { callPickle, op, pickle } from './fixtures/pickle-builder';
import { ScanCommand } from './fixtures/scan-command';
import { ENGINE_VERSION } from './version';
import { reportSchema } from './report-schema';

const root = fileURLToPath(new URL('../..', import.meta.url));
const evil = callPickle('os', 'system');
const harmless = pickle(op.proto(2), op.raw('N'), op.stop);
let command: ScanCommand;
let bundle: string;
const place: ScanCommand['place'] = (...args) => command.place(...args);
const run: ScanCommand['run'] = (...args) => command.run(...args);
const runJson: ScanCommand['runJson'] = (...args) => command.runJson(...args);

beforeAll(() => {
  command = new ScanCommand();
  ({ bundle } = command);
});

afterAll(() => command.remove());

describe('heptad scan', () => {
  test('0 for clean files, and the report says so', () => {
    const { code, report } = runJson(place('clean', { 'a.pkl': harmless, 'b.txt': 'plain words' }), '.');
    expect({ code, verdict: report.verdict, files: report.totals.files }).toEqual({
      code: 0,
      verdict: 'pass',
      files: 2,
    });
  });

  test('1 for a violation, also when something else is incomplete', () => {
    const cwd = place('violation', {
      'models/evil.bin': evil,
      'cut.pkl': harmless.subarray(0, 2),
      'cut.zip': 'PK\x03\x04',
    });
    const { code, report } = runJson(cwd, '.');
    expect({ code, verdict: report.verdict }).toEqual({ code: 1, verdict: 'fail' });
    expect(report.findings[0]).toMatchObject({
      ruleId: 'PKL-002',
      severity: 'CRITICAL',
      artifact: { path: 'models/evil.bin' },
    });
  });

  test('2 when something could not be looked at', () => {
    const { code, report } = runJson(place('incomplete', { 'cut.zip': 'PK\x03\x04 and no more' }), '.');
    expect({ code, verdict: report.verdict }).toEqual({ code: 2, verdict: 'incomplete' });
  });

  test('3 for a policy that is missing or wrong', () => {
    const cwd = place('policy', { 'bad.json': '{"failOnSeverity":"NEVER"}', 'a.pkl': harmless });
    expect(run(cwd, '--policy', 'bad.json', '.').code).toBe(3);
    expect(run(cwd, '--policy', 'missing.json', '.').code).toBe(3);
    expect(run(cwd, 'policy', '--policy', 'bad.json').code).toBe(3);
    expect(run(cwd, 'sbom', '--policy', 'missing.json', '.').code).toBe(3);
  });

  test.each([
    ['--format', 'tables', '.'],
    ['--nonsense'],
    ['no-such-file'],
    ['--jobs', '0', '.'],
    ['explain', 'XXX-999'],
    ['--max-mem', '64', '.'],
    ['sbom'],
    ['verify-model', '.'],
    ['verify-model', '.', '--oms', 'model.sig'],
  ])('4 for the usage %s %s', (...args) => {
    expect(run(place('usage', { 'a.pkl': harmless }), ...args).code).toBe(4);
  });

  test('rules and explain tell what each rule means', () => {
    const cwd = place('explain', {});
    mkdirSync(cwd, { recursive: true });
    expect(run(cwd, 'explain', 'pkl-001').stdout).toContain('What to do:');
    expect(run(cwd, 'rules').stdout.trim().split('\n').length).toBeGreaterThan(60);
  });

  test('a baseline keeps old findings from failing, new ones still do', () => {
    const cwd = place('baseline', { 'old.bin': evil });
    run(cwd, '--output', 'base.json', 'old.bin');
    expect(run(cwd, '--baseline', 'base.json', 'old.bin').code).toBe(0);
    writeFileSync(join(cwd, 'new.bin'), callPickle('builtins', 'eval'));
    expect(run(cwd, '--baseline', 'base.json', 'old.bin', 'new.bin').code).toBe(1);
  });

  test.each([
    ['.heptadignore', '*\n', '.heptadignore leaves out 2 of the named files and folders.'],
    ['.heptad-scan.json', '{"mode":"monitor"}', 'would stop, by: mode.'],
    [
      '.heptad-scan.json',
      '{"failOnSeverity":"CRITICAL","ruleOverrides":{"PKL-002":"off"}}',
      'by: failOnSeverity, ruleOverrides.PKL-002.',
    ],
    ['.heptad-scan.json', '{"ignorePaths":["evil*"]}', 'by: ignorePaths.'],
  ])('what %s with %s takes away is told', (file, text, told) => {
    const cwd = place(`weaker-${told.length}`, { 'evil.bin': evil, [file]: text });
    expect(run(cwd, '.').stderr).toContain(told);
    expect(run(cwd, '.').stderr.trim().split('\n').length).toBeLessThan(3);
    rmSync(cwd, { recursive: true });
  });

  test('a policy that only tightens is not told, nor is one without files to leave out', () => {
    const cwd = place('tighter', {
      'a.pkl': harmless,
      '.heptad-scan.json': '{"failOnSeverity":"LOW"}',
      '.heptadignore': 'b\n',
    });
    expect(run(cwd, '.')).toMatchObject({ code: 0, stderr: '' });
  });

  test('when nothing is scanned a word says why', () => {
    const cwd = place('nothing', { '.heptadignore': '*\n' });
    expect(run(cwd, '.').stderr).toContain('Nothing was scanned: everything is left out');
    mkdirSync(join(cwd, 'empty'));
    expect(run(cwd, 'empty')).toMatchObject({ code: 2, stdout: expect.stringContaining('no file in it to scan') });
  });

  test('a link is followed, inside a folder only to what is scanned; what leads elsewhere makes the scan incomplete', () => {
    const cwd = place('links', { 'store/evil.bin': evil, 'm/a.pkl': harmless });
    symlinkSync('../store/evil.bin', join(cwd, 'm/model.pkl'));
    expect(run(cwd, 'm/model.pkl').code).toBe(1);
    expect(run(cwd, 'm', 'store').code).toBe(1);
    const { code, report } = runJson(cwd, 'm');
    expect(code).toBe(2);
    expect(report.findings).toMatchObject([{ ruleId: 'SYS-002', artifact: { path: 'm/model.pkl' } }]);
  });

  test('folders deeper than paths reach are told, and do not keep the others from being scanned', () => {
    const cwd = place('deep', { 'evil.bin': evil });
    const dig = `import os
for n in range(30):
    os.mkdir('d' * 200)
    os.chdir('d' * 200)
    open('f' * 250, 'w').close()`;
    execFileSync('python3', ['-c', dig], { cwd });
    const { code, report } = runJson(cwd, '.');
    execFileSync('rm', ['-rf', cwd]);
    expect(code).toBe(1);
    expect([...new Set(report.findings.map(({ ruleId }) => ruleId))]).toEqual(['PKL-002', 'SYS-002']);
    expect(report.totals.incomplete).toBeGreaterThanOrEqual(1);
    expect(report.totals.files).toBeGreaterThan(15);
  });

  test('a local policy lowers the threshold and switches rules off', () => {
    const unknown = pickle(op.proto(2), op.global('x', 'f'), op.emptyTuple, op.reduce, op.stop);
    const strict = place('strict', { 'a.pkl': unknown, '.heptad-scan.json': '{"failOnSeverity":"MEDIUM"}' });
    const off = place('off', {
      'a.pkl': unknown,
      '.heptad-scan.json': '{"failOnSeverity":"MEDIUM","ruleOverrides":{"PKL-006":"off"}}',
    });
    expect([run(strict, '.').code, run(off, '.').code]).toEqual([1, 0]);
  });

  test('several reports are written in one run', () => {
    const cwd = place('outputs', { 'evil.bin': evil });
    run(cwd, '-o', 'r.sarif', '-o', 'r.cdx.json', '-o', 'r.html', '-o', 'r.xml', 'evil.bin');
    expect(
      ['r.sarif', 'r.cdx.json', 'r.html', 'r.xml'].map((file) => readFileSync(join(cwd, file), 'utf8').length > 100),
    ).toEqual([true, true, true, true]);
    expect(readFileSync(join(cwd, 'r.cdx.json'), 'utf8')).toMatch(/"SHA-256"/);
  });

  test('a report that cannot be written is told and does not hide a violation', () => {
    const cwd = place('unwritable', { 'evil.bin': evil, 'good.pkl': harmless });
    expect(run(cwd, '-o', 'no/r.json', 'evil.bin')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ENOENT'),
    });
    expect(run(cwd, '-o', 'no/r.json', 'good.pkl').code).toBe(2);
    expect(run(cwd, '-o', 'report.pdf', 'good.pkl')).toMatchObject({ code: 4, stdout: '' });
  });

  test('what a policy that cannot be read holds never reaches the terminal as it is', () => {
    const cwd = place('hostile', { 'a.pkl': harmless, '.heptad-scan.json': '\u001B[2J' });
    const { code, stderr } = run(cwd, 'a.pkl');
    for (const command of ['doctor', 'policy']) {
      const { stdout, stderr } = run(cwd, command);
      expect(stdout + stderr).not.toContain('\u001B');
    }
    expect({ code, hasEscape: stderr.includes('\u001B') }).toEqual({ code: 3, hasEscape: false });
    expect(run(cwd, '--baseline', '.heptad-scan.json', '--policy', 'p.json', 'a.pkl').stderr).not.toContain('\u001B');
  });

  test('the version can be asked for', () => {
    expect(run(place('version', { 'a.txt': '' }), '--version')).toMatchObject({
      code: 0,
      stdout: `${ENGINE_VERSION}\n`,
    });
  });

  test('one process and several give the same findings', () => {
    const cwd = place('threads', { 'a.bin': evil, 'b.bin': harmless, 'big.raw': Buffer.alloc(65 << 20) });
    const one = runJson(cwd, '--jobs', '1', '.').report;
    const two = runJson(cwd, '--jobs', '2', '.').report;
    expect(two.findings).toEqual(one.findings);
    expect(two.artifacts).toEqual(one.artifacts);
  });
});

describe('what a machine and a model are', () => {
  test('sbom names every file with its digest, whatever the scan finds', () => {
    const cwd = place('sbom', { 'models/evil.bin': evil, 'data/a.csv': 'a,b\n' });
    const { code, stdout } = run(cwd, 'sbom', '.');
    const { specVersion, components } = JSON.parse(stdout) as {
      specVersion: string;
      components: { name: string; type: string; hashes: { content: string }[] }[];
    };
    expect({ code, specVersion }).toEqual({ code: 0, specVersion: '1.6' });
    expect(components.map(({ name, type, hashes }) => [name, type, hashes[0]!.content])).toEqual([
      ['data/a.csv', 'data', createHash('sha256').update('a,b\n').digest('hex')],
      ['models/evil.bin', 'machine-learning-model', createHash('sha256').update(evil).digest('hex')],
    ]);
    expect(run(cwd, 'sbom', '.', '-o', 'bom.json').stdout).toBe('');
    expect(readFileSync(join(cwd, 'bom.json'), 'utf8')).toContain('"CycloneDX"');
    expect(run(cwd, 'sbom', 'missing').code).toBe(4);
    writeFileSync(join(cwd, 'cut.zip'), 'PK\x03\x04');
    expect(run(cwd, 'sbom', '.').code).toBe(2);
  });

  test('verify-model: 0 for what was signed, 1 for every other folder, key or bundle', () => {
    const files = { 'config.json': '{}', 'w/a.safetensors': 'tensor' };
    const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const pem = (one: typeof key): string => one.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const cwd = place('signed', Object.fromEntries(Object.entries(files).map(([name, text]) => [`m/${name}`, text])));
    writeFileSync(join(cwd, 'm/model.sig'), signStatement(makeStatement(stateFiles(files)), key));
    writeFileSync(join(cwd, 'key.pem'), pem(key));
    writeFileSync(join(cwd, 'other.pem'), pem(other));
    const verify = (...args: string[]) => run(cwd, 'verify-model', 'm', '--oms', 'm/model.sig', ...args);
    const found = (...args: string[]): string[] =>
      reportSchema
        .parse(JSON.parse(verify('--format', 'json', ...args).stdout))
        .findings.map(({ ruleId, artifact }) => `${ruleId} ${artifact.path}`);
    expect(verify('--public-key', 'key.pem')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Verified by key'),
    });
    expect(found('--public-key', 'other.pem')).toEqual(['IDN-003 m/model.sig']);
    expect(verify('--public-key', 'other.pem').code).toBe(1);
    writeFileSync(join(cwd, 'm/w/a.safetensors'), 'tensoR');
    writeFileSync(join(cwd, 'm/new.py'), '');
    expect(found('--public-key', 'key.pem')).toEqual(['IDN-003 m/new.py', 'IDN-001 m/w/a.safetensors']);
    rmSync(join(cwd, 'm/model.sig'));
    expect(found('--public-key', 'key.pem')).toEqual(['IDN-004 m/model.sig']);
    expect(verify('--public-key', 'key.pem').code).toBe(1);
    expect(verify().code).toBe(4);
    expect(verify('--public-key', 'key.pem', '--certificate', 'key.pem').code).toBe(4);
  });

  test('a policy that asks for signatures tells which models have none', () => {
    const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const signature = signStatement(makeStatement(stateFiles({ 'a.pkl': 'x' })), key);
    const policy = '{"requireSignature":true,"failOnSeverity":"MEDIUM"}';
    const cwd = place('unsigned', { 'a/deep/m.pkl': harmless, 'b/m.pkl': harmless, '.heptad-scan.json': policy });
    writeFileSync(join(cwd, 'a/model.sig'), signature);
    const { code, report } = runJson(cwd, '.');
    expect(report.findings.map(({ ruleId, artifact }) => `${ruleId} ${artifact.path}`)).toEqual(['IDN-004 b/m.pkl']);
    expect(code).toBe(1);
  });

  test('a list of digests is held against the files it names', () => {
    const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    const list = `${digest(harmless)}  m/a.pkl\n${digest(evil)} *m/b.pkl\n${digest(evil)}  absent.pkl\n`;
    const cwd = place('digests', { 'm/a.pkl': harmless, 'm/b.pkl': harmless, SHA256SUMS: list, 'c.pkl': harmless });
    writeFileSync(join(cwd, 'c.pkl.sha256'), `${digest(harmless)}\n`);
    const { findings } = runJson(cwd, '.').report;
    expect(findings.map(({ ruleId, artifact }) => `${ruleId} ${artifact.path}`)).toEqual(['IDN-001 m/b.pkl']);
  });

  test('doctor tells what it looked at, and what is wrong with the policy', () => {
    const cwd = place('doctor', { '.heptad-scan.json': '{"failOnSeverity":"LOW"}' });
    const names = (JSON.parse(run(cwd, 'doctor', '--json').stdout) as { findings: { name: string }[] }).findings;
    expect(names.map(({ name }) => name)).toEqual(['node', 'scanner', 'policy', 'git', 'temporary', 'memory']);
    expect(run(cwd, 'doctor').stdout).toContain(createHash('sha256').update(readFileSync(bundle)).digest('hex'));
    writeFileSync(join(cwd, '.heptad-scan.json'), '{"failOnSeverity":"NEVER"}');
    const broken = run(cwd, 'doctor');
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/^BAD  policy {7}The policy cannot be used: failOnSeverity/m);
  });

  test('progress is shown on a terminal and nowhere else', () => {
    const cwd = place('progress', { 'a\u001B[2J.pkl': harmless, 'b.pkl': harmless });
    const terminal = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
    const shown = execFileSync('python3', ['-c', terminal, process.execPath, bundle, '.'], { cwd, encoding: 'utf8' });
    expect(shown).toContain('\r\u001B[K1/2 files, 50 %  a?[2J.pkl');
    expect(shown).toContain('PASS: 2 files');
    expect(run(cwd, '.').stderr).toBe('');
  });
});

describe('in a repository', () => {
  const git = (cwd: string, ...args: string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args],
      { cwd, encoding: 'utf8', stdio: 'pipe' },
    );
  const commits = (cwd: string, message: string): boolean => {
    try {
      git(cwd, 'commit', '-q', '-m', message);
      return true;
    } catch {
      return false;
    }
  };

  test('--since looks only at what changed', () => {
    const cwd = place('since', { 'old.bin': evil });
    git(cwd, 'init', '-q');
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-q', '-m', 'first');
    writeFileSync(join(cwd, 'new.bin'), harmless);
    expect(run(cwd, '--since', 'HEAD', '.').code).toBe(0);
    expect(run(cwd, '.').code).toBe(1);
    expect(run(cwd, '--since', '--upload-pack=x', '.').code).toBe(4);
  });

  test('--since looks into submodules that lead to another commit, whatever .gitmodules says, and at new files anywhere', () => {
    const inner = place('module', { 'a.txt': 'plain' });
    git(inner, 'init', '-q');
    git(inner, 'add', '.');
    git(inner, 'commit', '-q', '-m', 'first');
    const cwd = place('super', { 'sub/a.txt': 'plain', 'other/b.bin': harmless });
    git(cwd, 'init', '-q');
    git(cwd, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'lib/module');
    git(cwd, 'config', '-f', '.gitmodules', 'submodule.lib/module.ignore', 'all');
    git(cwd, 'config', 'diff.relative', 'true');
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-q', '-m', 'first');
    expect(run(cwd, '--since', 'HEAD', '.').code).toBe(0);
    writeFileSync(join(cwd, 'lib/module/model.pkl'), evil);
    expect(run(cwd, '--since', 'HEAD', '.').code).toBe(1);
    git(join(cwd, 'lib/module'), 'add', '.');
    git(join(cwd, 'lib/module'), 'commit', '-q', '-m', 'evil');
    git(cwd, 'add', '-f', 'lib/module');
    git(cwd, 'commit', '-q', '-m', 'Update the module');
    expect(run(cwd, '--since', 'HEAD~', '.').code).toBe(1);
    expect(run(cwd, '--since', 'HEAD', '.').code).toBe(0);
    git(cwd, 'submodule', '--quiet', 'deinit', '-f', 'lib/module');
    expect(run(cwd, '--since', 'HEAD~', '.').stderr).toContain(
      'The submodule lib/module changed and is not checked out',
    );
    writeFileSync(join(cwd, 'other/new.bin'), evil);
    expect(run(join(cwd, 'sub'), '--since', 'HEAD', '../other').code).toBe(1);
    writeFileSync(join(cwd, '.gitignore'), 'new.bin\n');
    expect(run(cwd, '--since', 'HEAD', '.').code).toBe(0);
    git(cwd, 'add', '-f', 'other/new.bin');
    expect(run(cwd, '--since', 'HEAD', '.').code).toBe(1);
  });

  test('the pre-commit hook stops what is staged, whatever the working tree says', () => {
    const cwd = place('hook', { 'model.pkl': evil, 'name with $(touch pwned).txt': 'plain' });
    git(cwd, 'init', '-q');
    const hook = join(cwd, '.git/hooks/pre-commit');
    copyFileSync(join(root, 'integrations/pre-commit/pre-commit.mjs'), `${hook}.mjs`);
    writeFileSync(hook, `#!/bin/sh\nHEPTAD_SCAN='${bundle}' exec '${process.execPath}' '${hook}.mjs'\n`);
    chmodSync(hook, 0o755);
    git(cwd, 'add', '.');
    writeFileSync(join(cwd, 'model.pkl'), harmless);
    expect(commits(cwd, 'dangerous')).toBe(false);
    git(cwd, 'add', '.');
    expect(commits(cwd, 'harmless')).toBe(true);
    expect(existsSync(join(cwd, 'pwned'))).toBe(false);
    rmSync(join(cwd, 'model.pkl'));
    symlinkSync('name with $(touch pwned).txt', join(cwd, 'model.pkl'));
    git(cwd, 'add', '.');
    expect(commits(cwd, 'a link to what is committed')).toBe(true);
    rmSync(join(cwd, 'model.pkl'));
    writeFileSync(join(cwd, 'model.pkl'), evil);
    git(cwd, 'add', '.');
    expect(commits(cwd, 'a link that became a file')).toBe(false);
    git(cwd, 'reset', '-q', '--hard');
    const commit = git(cwd, 'rev-parse', 'HEAD').trim();
    git(cwd, 'update-index', '--add', '--cacheinfo', `160000,${commit},module`);
    expect(commits(cwd, 'a submodule, of which nothing is in the index')).toBe(true);
  });

  test('the GitHub Action passes inputs as they are and hands back the exit code', () => {
    const cwd = place('action', { 'a;touch pwned.bin': evil });
    const output = join(cwd, 'github-output');
    const env = {
      ...process.env,
      HEPTAD_SCAN: bundle,
      GITHUB_WORKSPACE: cwd,
      GITHUB_OUTPUT: output,
      INPUT_PATHS: 'a;touch pwned.bin',
      INPUT_SARIF: 'out.sarif',
    };
    const { status } = spawnSync(process.execPath, [join(root, 'integrations/github-action/index.mjs')], { env, cwd });
    expect(status).toBe(1);
    expect(readFileSync(output, 'utf8')).toContain('exit-code=1');
    expect(readFileSync(join(cwd, 'out.sarif'), 'utf8')).toContain('PKL-002');
    expect(existsSync(join(cwd, 'pwned.bin'))).toBe(false);
  });
});
