import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Cedar } from './cedar';
import { CedarUnavailable, WorkerChannel } from './worker-channel';

const SCHEMA = `
entity Agent { level: Long };
entity Tool;
action use appliesTo { principal: Agent, resource: Tool, context: { hour: Long } };
`;
const ALLOW = 'permit (principal, action, resource);';
const uid = { type: 'Agent', id: 'a' };
const REQUEST = { principal: uid, action: uid, resource: uid, context: {} };

describe('Cedar in its thread', () => {
  const cedar = new Cedar();
  afterAll(() => cedar.close());

  it('parses policies, templates and links into JSON', async () => {
    const links = [{ templateId: 't', newId: 'l', values: { '?principal': uid } }];
    const templates = { t: 'forbid (principal == ?principal, action, resource);' };
    const parsed = await cedar.parse({ policies: { p: `@note("x") ${ALLOW}` }, templates, links });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.value.policies.p).toMatchObject({ effect: 'permit', annotations: { note: 'x' }, conditions: [] });
    expect(parsed.value.templates?.t).toMatchObject({ principal: { op: '==', slot: '?principal' } });
    expect(parsed.value.links).toEqual(links);
  });

  it('carries every digit of a 64-bit integer in both directions', async () => {
    const source = `permit (principal, action, resource) when { context.n == -9007199254740993 };`;
    const parsed = await cedar.parse({ policies: { p: source } });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.value.policies.p?.conditions[0]?.body).toMatchObject({
      '==': { right: { Value: -9_007_199_254_740_993n } },
    });
    const ask = (n: bigint) => ({
      request: { ...REQUEST, context: { n, text: '12345678901234567890' } },
      entities: [],
    });
    const answers = await cedar.authorise({ policies: { p: source } }, [
      ask(-9_007_199_254_740_993n),
      ask(-9_007_199_254_740_992n),
    ]);
    expect(answers.map((answer) => answer.ok && answer.value.decision)).toEqual(['allow', 'deny']);
  });

  it('names the policy and the place of every syntax error', async () => {
    const parsed = await cedar.parse({ policies: { good: ALLOW, bad: 'permit (' }, templates: { t: ALLOW } });
    if (parsed.ok) throw new Error('parsed');
    expect(parsed.problems.map(({ policyId }) => policyId)).toEqual(['bad', 't']);
    expect(parsed.problems[0]).toMatchObject({ line: 1, column: 9, start: 8, end: 8 });
    expect(parsed.problems[0]?.expected).toBe('`)` or identifier');
    expect(parsed.problems[1]?.help).toContain('?principal');
  });

  it('counts places in the characters of the text, not in its bytes', async () => {
    const bad = '// größer als 😀\npermit (principal, action, resource)\nwhen { context.é };';
    const parsed = await cedar.parse({ policies: { bad } });
    if (parsed.ok) throw new Error('parsed');
    const [problem] = parsed.problems;
    expect(problem).toMatchObject({ line: 3, column: 16 });
    expect(bad.slice(problem?.start)).toBe('é };');
  });

  it.each([
    ['context.n.hasTag("a", "b")', 'requires exactly 1 argument'],
    ['principal.getTag() == 1', 'requires exactly 1 argument'],
    ['[].isEmpty(1)', 'requires exactly 0 arguments'],
    ['context.n > 9223372036854775808', 'too large'],
    ['principal in ?principal', 'template slot'],
    ['1 < 2 < 3', 'parentheses'],
  ])('refuses to parse %s', async (condition, message) => {
    const parsed = await cedar.parse({
      policies: { p: `permit (principal, action, resource) when { ${condition} };` },
    });
    if (parsed.ok) throw new Error('parsed');
    expect(parsed.problems[0]?.message).toContain(message);
    expect(parsed.problems[0]?.line).toBe(1);
  });

  it('finds a link without its template', async () => {
    const links = [{ templateId: 'none', newId: 'l', values: {} }];
    const parsed = await cedar.parse({ policies: { p: ALLOW }, links });
    expect(parsed).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('none') as string }] });
  });

  it('keeps a policy whose id is `__proto__`', async () => {
    const policies = JSON.parse(`{"__proto__": "${ALLOW}"}`) as Record<string, string>;
    const parsed = await cedar.parse({ policies });
    expect(parsed.ok && Object.keys(parsed.value.policies)).toEqual(['__proto__']);
  });

  it('validates strictly: errors, warnings and a broken schema', async () => {
    const policies = {
      good: 'permit (principal, action, resource) when { principal.level > 3 };',
      typo: 'permit (principal, action, resource) when { principal.levle > 3 };',
      never: 'permit (principal == Agent::"a", action, resource) when { false };',
    };
    const result = await cedar.validate({ policies }, SCHEMA);
    expect(result.errors).toMatchObject([{ policyId: 'typo', help: expect.stringContaining('level') as string }]);
    expect(new Set(result.warnings.map(({ policyId }) => policyId))).toContain('never');
    expect(await cedar.validate({ policies: { good: policies.good } }, SCHEMA)).toEqual({ errors: [], warnings: [] });
    const broken = await cedar.validate({ policies }, 'entity');
    expect(broken.errors).toMatchObject([{ line: 1, column: 7 }]);
    expect(broken.errors[0]?.policyId).toBeUndefined();
  });

  it('says where in which policy, template or schema strict validation found what', async () => {
    const policies = {
      types: '// ü\npermit (principal, action, resource)\nwhen { context.hour == "noon" };',
      optional: 'permit (principal, action, resource) when { principal.nick == "x" };',
      address: 'permit (principal, action, resource) when { ip("localhost").isLoopback() };',
      arguments: 'permit (principal, action, resource) when { ip("::1").isInRange() };',
      action: 'permit (principal, action == Action::"us", resource);',
    };
    const templates = { t: 'permit (principal == ?principal, action, resource)\nunless { principal.size > 3 };' };
    const links = [{ templateId: 't', newId: 'linked', values: { '?principal': { type: 'Nobody', id: 'x' } } }];
    const schema = SCHEMA.replace('level: Long', 'level: Long, nick?: String');
    const { errors } = await cedar.validate({ policies, templates, links }, schema);
    const found = Object.fromEntries(errors.map((error) => [error.policyId, error]));
    const textOf = (id: keyof typeof policies) => policies[id].slice(found[id]?.start, found[id]?.end);
    expect(found.types).toMatchObject({ line: 3, column: 8 });
    expect(textOf('types')).toBe('context.hour == "noon"');
    expect(textOf('optional')).toBe('principal.nick');
    expect(found.optional?.help).toContain('has nick');
    expect(textOf('address')).toBe('ip("localhost").isLoopback()');
    expect(textOf('arguments')).toBe('ip("::1").isInRange()');
    expect(found.action).toMatchObject({ line: 1, help: 'did you mean `Action::"use"`?' });
    expect(found.t).toMatchObject({ line: 2, column: 10 });
    expect(found.linked?.message).toContain('Nobody');
    const undeclared = await cedar.validate({ policies }, `${SCHEMA}\nentity Box { owner: Nobody };`);
    expect(undeclared.errors).toMatchObject([{ line: 6, column: 21 }]);
  });

  it('names the policy that cannot be parsed when asked to validate it', async () => {
    const { errors } = await cedar.validate({ policies: { good: ALLOW, bad: 'permit (\nprincipal' } }, SCHEMA);
    expect(errors).toMatchObject([{ policyId: 'bad', line: 2, column: 10 }]);
  });

  it('reads a schema with resolved names, or says what is wrong with it', async () => {
    const schema = await cedar.schemaToJson(SCHEMA);
    expect(schema.ok && Object.keys(schema.value['']?.entityTypes ?? {})).toEqual(['Agent', 'Tool']);
    expect(await cedar.schemaToJson('entity')).toMatchObject({ ok: false, problems: [{ start: 6 }] });
  });

  it('answers each case by itself when some are malformed, and all when the set is', async () => {
    const cases = [
      { request: REQUEST, entities: [] },
      { request: { ...REQUEST, context: { x: null as never } }, entities: [] },
      { request: { ...REQUEST, context: { x: '\ud800' } }, entities: [] },
      { request: REQUEST, entities: [] },
    ];
    const answers = await cedar.authorise({ policies: { p: ALLOW } }, cases);
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, false, true]);
    const erroneous = { p: 'permit (principal, action, resource) when { context.x };' };
    const [verdict] = await cedar.authorise({ policies: erroneous }, cases);
    expect(verdict).toMatchObject({
      value: { decision: 'deny', errors: [{ policyId: 'p', message: expect.stringContaining('`x`') as string }] },
    });
    const none = await cedar.authorise({ policies: { p: 'permit' } }, cases);
    expect(none.map(({ ok }) => ok)).toEqual([false, false, false, false]);
  });

  it('starts anew after it was closed', async () => {
    const other = new Cedar();
    expect((await other.parse({ policies: { p: ALLOW } })).ok).toBe(true);
    await other.close();
    await other.close();
    expect((await other.parse({ policies: { p: ALLOW } })).ok).toBe(true);
    await other.close();
  });
});

describe('the channel to the thread', () => {
  it('rejects what is open when the thread does not answer in time, and then works again', async () => {
    const channel = new WorkerChannel({ timeoutMs: 1 });
    const slow = channel.call(Array.from({ length: 2_000 }, () => ['policyToJson', ALLOW]));
    await expect(slow).rejects.toThrow(CedarUnavailable);
    await expect(slow).rejects.toThrow('no answer in 1 ms');
    await channel.close();
  });

  it('rejects what is open when it is closed', async () => {
    const channel = new WorkerChannel();
    const open = channel.call([['getCedarVersion']]);
    const outcome = expect(open).rejects.toThrow('Cedar is unavailable: closed');
    await channel.close();
    await outcome;
  });

  it('rejects when the package is not there, and does not leave the caller waiting', async () => {
    const channel = new WorkerChannel({ modulePath: '/nonexistent/cedar.js' });
    await expect(channel.call([['getCedarVersion']])).rejects.toThrow("Cannot find module '/nonexistent/cedar.js'");
  });

  describe('to another module', () => {
    let directory: string;
    let channel: WorkerChannel;

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'cedar-module-'));
      const modulePath = join(directory, 'module.cjs');
      const source = `let uses = 0;
        exports.trap = () => { throw new WebAssembly.RuntimeError('unreachable'); };
        exports.leave = () => process.exit(0);
        exports.uses = () => ++uses;`;
      await writeFile(modulePath, source);
      channel = new WorkerChannel({ modulePath });
    });
    afterEach(() => channel.close());
    afterAll(() => rm(directory, { recursive: true }));

    it('answers calls made at once in their order', async () => {
      const answers = Promise.all([channel.call([['uses']]), channel.call([['uses'], ['uses']])]);
      expect(await answers).toEqual([[{ value: 1 }], [{ value: 2 }, { value: 3 }]]);
    });

    it('replaces the thread after WebAssembly trapped in it, and rejects what else is open', async () => {
      expect(await channel.call([['uses'], ['uses']])).toEqual([{ value: 1 }, { value: 2 }]);
      const [trapped, open] = [channel.call([['trap'], ['uses']]), channel.call([['uses']])];
      const outcome = expect(open).rejects.toThrow('Cedar is unavailable: WebAssembly trapped');
      expect(await trapped).toEqual([{ thrown: 'unreachable' }, { value: 3 }]);
      await outcome;
      expect(await channel.call([['uses']])).toEqual([{ value: 1 }]);
    });

    it('rejects when the thread ends by itself', async () => {
      await expect(channel.call([['leave']])).rejects.toThrow('Cedar is unavailable: the thread ended');
    });
  });

  it('works from a bundle made by esbuild, and lets the process end without being closed', async () => {
    // Beside node_modules, because the package itself stays outside the bundle.
    const root = fileURLToPath(new URL('../../../..', import.meta.url));
    const directory = await mkdtemp(join(root, 'node_modules', '.cedar-bundle-'));
    const outfile = join(directory, 'bundle.mjs');
    const entry = `
      import { Cedar } from '@/lib/gateway/policy/cedar/cedar';
      const answer = await new Cedar().parse({ policies: { p: ${JSON.stringify(ALLOW)} } });
      console.log(answer.ok && answer.value.policies.p.effect);`;
    await build({
      stdin: { contents: entry, resolveDir: root, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      minify: true,
      outfile,
      alias: { '@': root.replace(/\/$/, '') },
      external: ['@cedar-policy/cedar-wasm'],
    });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], { cwd: tmpdir() });
    expect(stdout.trim()).toBe('permit');
    await rm(directory, { recursive: true });
  });
});
