import { describe, expect, test } from 'vitest';
import { formatVerifierKey } from '../note/verifier-key';
import { logSigner, ORIGIN } from '../testing/sample-log';
import { type CheckedPart, Findings } from './verdict';

function verdictWith(...problems: [CheckedPart, number][]) {
  const findings = new Findings(true);
  for (const [part, position] of problems) findings.add(part, position, `${part} at ${position}`);
  return findings.verdict();
}

describe('verdict', () => {
  test('is good, and says nothing of a checkpoint, when nothing was read and nothing was found', () => {
    expect(verdictWith()).toEqual({
      ok: true,
      origin: null,
      size: null,
      root: null,
      start: 0,
      end: 0,
      firstBad: null,
      isTrusted: true,
      signedBy: [],
      alsoSignedBy: [],
      checked: { entries: 0, history: 0, payloads: 0, files: 0 },
      problems: [],
    });
  });

  test('names the checkpoint, who signed it, and the range that was looked at', () => {
    const findings = new Findings(false);
    findings.checkpoint = { origin: ORIGIN, size: 20, root: Buffer.alloc(32, 1), extensions: [] };
    findings.signedBy = [logSigner.key];
    findings.start = 10;
    findings.end = 20;
    findings.checked.entries = 10;
    findings.checked.payloads = 4;
    expect(findings.verdict()).toMatchObject({
      origin: ORIGIN,
      size: 20,
      root: Buffer.alloc(32, 1).toString('base64'),
      start: 10,
      end: 20,
      isTrusted: false,
      signedBy: [formatVerifierKey(logSigner.key)],
      checked: { entries: 10, history: 0, payloads: 4, files: 0 },
    });
  });

  test('lists the problems by position, in the order of their finding where they share one', () => {
    const verdict = verdictWith(['history', 9], ['entries', 3], ['proof', 9], ['hashes', 1]);
    expect(verdict.ok).toBe(false);
    expect(verdict.problems.map(({ message }) => message)).toEqual([
      'hashes at 1',
      'entries at 3',
      'history at 9',
      'proof at 9',
    ]);
  });

  test('comes of any number of problems', () => {
    const findings = new Findings(true);
    for (let n = 0; n < 200_000; n++) findings.add('payloads', 200_000 - n, 'It is missing');
    expect(findings.verdict()).toMatchObject({ ok: false, firstBad: 1 });
  });

  test.each(['manifest', 'checkpoint', 'proof', 'history', 'hashes', 'entries'] as const)(
    'what is wrong in the log itself (%s) comes before what hangs on it, even where that lies lower',
    (part) => {
      expect(verdictWith(['payloads', 2], ['structure', 0], [part, 7], ['files', 1]).firstBad).toBe(7);
    },
  );

  test.each(['payloads', 'files', 'structure'] as const)('%s decide where the log itself is whole', (part) => {
    expect(verdictWith([part, 8], [part, 5]).firstBad).toBe(5);
  });
});
