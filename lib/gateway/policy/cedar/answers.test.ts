import { describe, expect, it } from 'vitest';
import { answerOf, problemsOf } from './answers';

describe("Cedar's answers", () => {
  it('are what was asked for, or problems: those Cedar names, what it threw, or that it is silent', () => {
    expect(answerOf({ value: { type: 'success', json: 1 } })).toEqual({
      ok: true,
      value: { type: 'success', json: 1 },
    });
    expect(answerOf({ value: { type: 'failure', errors: [{ message: 'a' }, { message: 'b' }] } })).toEqual({
      ok: false,
      problems: [{ message: 'a' }, { message: 'b' }],
    });
    expect(answerOf({ value: { type: 'failure' } })).toEqual({ ok: false, problems: [] });
    expect(answerOf({ thrown: 'unreachable' })).toEqual({ ok: false, problems: [{ message: 'unreachable' }] });
    expect(answerOf(undefined)).toEqual({ ok: false, problems: [{ message: 'Cedar gave no answer' }] });
  });

  it('are flattened with all the errors that belong to one', () => {
    const error = { message: 'a', related: [{ message: 'b', related: [{ message: 'c' }] }, { message: 'd' }] };
    expect(problemsOf(error, { policyId: 'p' })).toStrictEqual([
      { policyId: 'p', message: 'a' },
      { policyId: 'p', message: 'b' },
      { policyId: 'p', message: 'c' },
      { policyId: 'p', message: 'd' },
    ]);
  });

  it('say what was expected, what helps and where, as far as it is known', () => {
    const error = {
      message: 'unexpected end',
      help: 'close it',
      sourceLocations: [{ start: 3, end: 4, label: 'expected `)` or what is expected here' }],
    };
    const known = { message: 'unexpected end', help: 'close it', expected: '`)` or what is expected here' };
    expect(problemsOf(error)).toStrictEqual([known]);
    expect(problemsOf(error, { text: 'a\n(b' })).toStrictEqual([{ ...known, start: 3, end: 4, line: 2, column: 2 }]);
    expect(
      problemsOf({ message: 'x', help: null, sourceLocations: [{ start: 0, end: 1, label: null }] }),
    ).toStrictEqual([{ message: 'x' }]);
  });
});
