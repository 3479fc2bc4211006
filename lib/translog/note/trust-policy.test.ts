import { describe, expect, test } from 'vitest';
import { LogFormatError } from '../format-error';
import { cosign } from './cosignature';
import { checkNote, signText } from './signed-note';
import { parseTrustPolicy, satisfiesPolicy } from './trust-policy';
import { COSIGNATURE_V1, formatVerifierKey, type Signer, signer } from './verifier-key';

const log = signer('log.example', Buffer.alloc(32, 1));
const otherLog = signer('other.example', Buffer.alloc(32, 2));
const witnesses = [10, 11, 12, 13].map((n) => signer(`w${n}.example`, Buffer.alloc(32, n), COSIGNATURE_V1));
const [w0, w1, w2, w3] = witnesses.map(({ key }) => formatVerifierKey(key));
const logKey = formatVerifierKey(log.key);
const TEXT = 'log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';

/** Whether a checkpoint of log.example signed by these satisfies the policy. */
function isSatisfied(policyText: string, logs: readonly Signer[], cosigners: readonly number[]): boolean {
  const policy = parseTrustPolicy(policyText);
  const signatures = [...logs.map((by) => signText(TEXT, by)), ...cosigners.map((n) => cosign(TEXT, 1, witnesses[n]!))];
  const check = checkNote({ text: TEXT, signatures }, [...policy.logs, ...policy.witnesses]);
  return satisfiesPolicy(policy, 'log.example', check);
}

describe('trust policies (C2SP tlog-policy)', () => {
  const twoLevels = `
# the example of the specification
log ${logKey}\thttps://log.example/
  witness X1 ${w0}
witness X2 ${w1} https://w1.example/
witness X3 ${w2}
group X-witnesses 2 X1 X2 X3
witness Y1 ${w3}
group Y-witnesses any Y1
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`;

  test.each([
    { cosigners: [0, 1, 3], isEnough: true },
    { cosigners: [1, 2, 3], isEnough: true },
    { cosigners: [0, 1, 2, 3], isEnough: true },
    { cosigners: [0, 3], isEnough: false },
    { cosigners: [0, 1, 2], isEnough: false },
    { cosigners: [], isEnough: false },
  ])('two of X and one of Y: $cosigners → $isEnough', ({ cosigners, isEnough }) => {
    expect(isSatisfied(twoLevels, [log], cosigners)).toBe(isEnough);
  });

  test('without the log itself no quorum is enough', () => {
    expect(isSatisfied(twoLevels, [], [0, 1, 3])).toBe(false);
    expect(isSatisfied(`log ${logKey}\nquorum none`, [], [])).toBe(false);
    expect(isSatisfied(`log ${logKey}\nquorum none`, [log], [])).toBe(true);
  });

  test('a listed log counts only for its own origin', () => {
    const policy = `log ${formatVerifierKey(otherLog.key)}\nquorum none\n`;
    expect(isSatisfied(policy, [otherLog], [])).toBe(false);
  });

  test('without listed logs the log’s key is known from elsewhere', () => {
    expect(isSatisfied(`witness a ${w0}\nquorum a`, [], [0])).toBe(true);
    expect(isSatisfied(`witness a ${w0}\nquorum a`, [], [1])).toBe(false);
  });

  test('the same witness twice counts once', () => {
    const policy = `log ${logKey}\nwitness a ${w0}\nwitness b ${w1}\ngroup g 2 a b\nquorum g`;
    expect(isSatisfied(policy, [log], [0, 0])).toBe(false);
    expect(isSatisfied(policy, [log], [0, 1])).toBe(true);
  });

  test.each([
    ['no quorum', `log ${logKey}`],
    ['two quorums', 'quorum none\nquorum none'],
    ['an unknown quorum', 'quorum a'],
    ['a quorum before its definition', `quorum a\nwitness a ${w0}`],
    ['an unknown keyword', 'quorum none\nlogs x'],
    ['a log with a key for cosignatures', `log ${w0}\nquorum none`],
    ['a witness with a key of type 0x01', `witness a ${logKey}\nquorum a`],
    ['a log twice', `log ${logKey}\nlog ${logKey}\nquorum none`],
    ['a witness twice', `witness a ${w0}\nwitness b ${w0}\nquorum none`],
    ['a name twice', `witness a ${w0}\nwitness a ${w1}\nquorum none`],
    ['the name none', `witness none ${w0}\nquorum none`],
    ['a group of none', `group g any none\nquorum none`],
    ['a group without members', 'group g any\nquorum none'],
    ['a member twice', `witness a ${w0}\ngroup g 1 a a\nquorum g`],
    ['a member of two groups', `witness a ${w0}\ngroup g any a\ngroup h any a\nquorum g`],
    ['a group in itself', `group g any g\nquorum g`],
    ['threshold 0', `witness a ${w0}\ngroup g 0 a\nquorum g`],
    ['a threshold over the members', `witness a ${w0}\ngroup g 2 a\nquorum g`],
    ['a threshold that is no number', `witness a ${w0}\ngroup g 1x a\nquorum g`],
    ['a word too many in log', `log ${logKey} url more\nquorum none`],
    ['a word too many in witness', `witness a ${w0} url more\nquorum none`],
    ['a word too many in quorum', 'quorum none none'],
    ['a broken key', 'log abc\nquorum none'],
    ['a log without key', 'log\nquorum none'],
    ['a witness without key', 'witness a\nquorum none'],
    ['too many lines', `${'\n'.repeat(1_000)}quorum none`],
  ])('%s is refused', (_, text) => {
    expect(() => parseTrustPolicy(text)).toThrow(LogFormatError);
  });

  test('names are octets: what would be the same in some encoding is another name', () => {
    const named = (quorum: number[]) =>
      Buffer.concat([
        Buffer.from('witness '),
        Buffer.of(0xff),
        Buffer.from(` ${w0}\nquorum `),
        Buffer.from(quorum),
        Buffer.from('\n'),
      ]);
    expect(parseTrustPolicy(named([0xff])).witnesses).toHaveLength(1);
    for (const other of [[0xfe], [0xc3, 0xbf], [0xef, 0xbf, 0xbd]]) {
      expect(() => parseTrustPolicy(named(other))).toThrow('is not defined above');
    }
  });

  test('names, keys and comments beyond ASCII are read, and told, as UTF-8', () => {
    const zurich = signer('zürich.example', Buffer.alloc(32, 20), COSIGNATURE_V1).key;
    const vkey = formatVerifierKey(zurich);
    const { witnesses } = parseTrustPolicy(
      `# für Zürich\nwitness Zürich ${vkey} https://zürich.example/\nquorum Zürich`,
    );
    expect(witnesses).toEqual([zurich]);
    expect(() => parseTrustPolicy('quorum Zürich')).toThrow('Policy line 1: Zürich is not defined above');
    const asLatin1 = Buffer.from(`witness z ${vkey}\nquorum z`, 'latin1');
    expect(() => parseTrustPolicy(asLatin1)).toThrow('Policy line 1: A verifier key is UTF-8');
  });

  test.each(['\r', '\0', '\u001b', '\u007f', '\v'])(
    'the control character %j is refused, in comments too',
    (character) => {
      for (const line of [`# ${character}`, `log ${logKey} https://x/${character}`, `log ${logKey}${character}`]) {
        expect(() => parseTrustPolicy(`quorum none\n${line}\n`)).toThrow(
          'Policy line 2: tab and newline are the only control characters allowed',
        );
      }
    },
  );

  test('the error names the line', () => {
    expect(() => parseTrustPolicy(`log ${logKey}\n\nwitness a ${logKey}`)).toThrow('Policy line 3: a witness signs');
  });
});
