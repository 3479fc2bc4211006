import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { callPickle, op, pickle } from '../fixtures/pickle-builder';
import { scanBytes } from '../fixtures/scan';
import { fingerprintOf } from '../finding';

async function fingerprints(bytes: Uint8Array): Promise<string[]> {
  const { findings } = await scanBytes('m.pkl', bytes);
  return findings.filter(({ severity }) => severity !== 'LOW').map(({ fingerprint }) => fingerprint);
}

const invoke = (moduleName: string, name: string, ...args: readonly Uint8Array[]): Buffer =>
  pickle(op.global(moduleName, name), op.mark, ...args, op.tuple, op.reduce, op.pop);
const whole = (...parts: readonly Uint8Array[]): Buffer => pickle(op.proto(4), ...parts, op.raw('N'), op.stop);
const list = (...items: readonly Uint8Array[]): Buffer =>
  pickle(op.raw(']'), op.memoize, op.mark, ...items, op.raw('e'));

const good = 'https://cdn.example.org/models/resnet/v1/good';
const bad = 'https://cdn.example.org/models/resnet/v1/../../../evil; rm -rf ~';
const seven = Array.from({ length: 6 }, () => op.number(1));

describe('who accepted one call has not accepted another', () => {
  test.each<[string, Uint8Array, Uint8Array]>([
    ['beyond what is shown', callPickle('os', 'system', good), callPickle('os', 'system', bad)],
    ['of a callable nobody knows', callPickle('shop', 'fetch', 'a'), callPickle('shop', 'fetch', 'b')],
    [
      'of a callable nobody knows, beyond what is shown',
      callPickle('shop', 'fetch', good),
      callPickle('shop', 'fetch', bad),
    ],
    [
      'in the middle of a long text',
      callPickle('os', 'system', `${'a'.repeat(70_000)}b${'a'.repeat(70_000)}`),
      callPickle('os', 'system', `${'a'.repeat(70_000)}c${'a'.repeat(70_000)}`),
    ],
    [
      'in bytes',
      whole(invoke('marshal', 'loads', op.bytes(Buffer.from('good')))),
      whole(invoke('marshal', 'loads', op.bytes(Buffer.from('evil')))),
    ],
    [
      'in a list',
      whole(invoke('subprocess', 'Popen', list(op.text('ls')))),
      whole(invoke('subprocess', 'Popen', list(op.text('rm')))),
    ],
    [
      'in a list of a callable nobody knows',
      whole(invoke('shop', 'start', list(op.text('ls')))),
      whole(invoke('shop', 'start', list(op.text('rm')))),
    ],
    [
      'in a tuple',
      whole(invoke('subprocess', 'Popen', op.text('ls'), op.tuple1)),
      whole(invoke('subprocess', 'Popen', op.text('rm'), op.tuple1)),
    ],
    [
      'behind the arguments that are shown',
      whole(invoke('shop', 'start', ...seven, op.text('ls'))),
      whole(invoke('shop', 'start', ...seven, op.text('rm'))),
    ],
    [
      'in what another call answers',
      whole(
        invoke('os', 'system', op.global('_codecs', 'encode'), op.text('ls'), op.text('utf8'), op.tuple2, op.reduce),
      ),
      whole(
        invoke('os', 'system', op.global('_codecs', 'encode'), op.text('rm'), op.text('utf8'), op.tuple2, op.reduce),
      ),
    ],
    [
      'in the keywords of NEWOBJ_EX',
      whole(
        op.global('subprocess', 'Popen'),
        op.emptyTuple,
        op.emptyDict,
        op.text('args'),
        op.text('ls'),
        op.setItem,
        op.raw('\x92'),
      ),
      whole(
        op.global('subprocess', 'Popen'),
        op.emptyTuple,
        op.emptyDict,
        op.text('args'),
        op.text('rm'),
        op.setItem,
        op.raw('\x92'),
      ),
    ],
    [
      'in a second call',
      whole(invoke('os', 'system', op.text('ls'))),
      whole(invoke('os', 'system', op.text('ls')), invoke('os', 'system', op.text('rm'))),
    ],
    [
      'in a second call of a callable nobody knows',
      whole(invoke('shop', 'fetch', op.number(1))),
      whole(invoke('shop', 'fetch', op.number(1)), invoke('shop', 'fetch', op.text('rm'))),
    ],
    [
      'after more calls than are looked at one by one',
      whole(...Array.from({ length: 10_001 }, () => invoke('os', 'system', op.text('ls')))),
      whole(
        ...Array.from({ length: 10_001 }, () => invoke('os', 'system', op.text('ls'))),
        invoke('os', 'system', op.text('rm')),
      ),
    ],
  ])('%s', async (_, accepted, other) => {
    const known = await fingerprints(accepted);
    expect(known.length).toBeGreaterThan(0);
    expect(await fingerprints(accepted)).toEqual(known);
    expect((await fingerprints(other)).filter((one) => !known.includes(one))).not.toEqual([]);
  });
});

describe('what was accepted stays accepted', () => {
  const identity = { ruleId: 'PKL-002', path: 'm.pkl', memberPath: [], callable: 'os.system' };

  test('calls that are shown whole have the fingerprint they always had', async () => {
    expect(await fingerprints(callPickle('os', 'system', 'id'))).toEqual([
      fingerprintOf({ ...identity, evidence: '(str "id")' }),
    ]);
    expect(await fingerprints(whole(invoke('shop', 'seed', op.number(7))))).toEqual([
      fingerprintOf({ ...identity, ruleId: 'PKL-005', callable: 'shop.seed', evidence: 'REDUCE' }),
    ]);
  });

  test.each<[string, Uint8Array, Uint8Array]>([
    [
      'where it lies elsewhere',
      callPickle('os', 'system', good),
      whole(op.text('before'), invoke('os', 'system', op.text(good))),
    ],
    [
      'where it is called again',
      whole(invoke('os', 'system', op.text(good))),
      whole(invoke('os', 'system', op.text(good)), invoke('os', 'system', op.text(good))),
    ],
    ['with other numbers', whole(invoke('shop', 'seed', op.number(7))), whole(invoke('shop', 'seed', op.number(8)))],
  ])('%s', async (_, accepted, other) => {
    expect(await fingerprints(other)).toEqual(await fingerprints(accepted));
  });

  test('a vocabulary of unknown words is one finding', async () => {
    const words = Array.from({ length: 5_000 }, (_, n) =>
      invoke('shop', 'Word', op.text(createHash('md5').update(`${n}`).digest('hex'))),
    );
    expect(await fingerprints(whole(...words))).toHaveLength(1);
  });

  test('a call that breaks the stream is told all the same', async () => {
    const { findings } = await scanBytes(
      'm.pkl',
      pickle(op.proto(2), invoke('os', 'system', op.text('id')), op.raw('\xff')),
    );
    expect(findings.map(({ ruleId }) => ruleId)).toContain('PKL-002');
  });
});

test('many calls with long arguments take no longer than reading them', { timeout: 60_000 }, async () => {
  const long = op.text('x'.repeat(60_000));
  const again = pickle(op.raw('0'), op.global('shop', 'f'), op.raw('h\x00'), op.tuple1, op.reduce);
  const bytes = pickle(op.proto(2), long, op.raw('q\x00'), Buffer.alloc(again.length * 300_000, again), op.stop);
  const started = performance.now();
  const { findings, isIncomplete } = await scanBytes('m.pkl', bytes);
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(['PKL-005']);
  expect(isIncomplete).toBe(false);
  expect(performance.now() - started).toBeLessThan(20_000);
});
