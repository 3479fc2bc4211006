import { describe, expect, it } from 'vitest';
import { Problem, problemOf } from './problem';

const answer = (body: string, init: ResponseInit) => problemOf(new Response(body, init));

describe('problemOf', () => {
  it('reads issues, reason and the wait', async () => {
    const body = {
      code: 'INVALID',
      title: 'No',
      reason: 'why',
      retryAfter: 12,
      issues: [{ path: 'a', message: 'b' }, 3],
    };
    expect(await answer(JSON.stringify(body), { status: 422 })).toMatchObject({
      status: 422,
      code: 'INVALID',
      reason: 'why',
      retryAfter: 12,
      issues: [{ path: 'a', message: 'b' }],
    });
  });

  it.each([
    ['', 502],
    ['<html>Bad gateway</html>', 502],
    ['[1]', 500],
    ['"text"', 404],
  ])('makes a problem of the answer %j too', async (body, status) => {
    const problem = await answer(body, { status });
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ status, code: 'UNKNOWN' });
    expect(problem.title).not.toBe('');
  });

  it('takes the wait from the header when the body has none', async () => {
    expect((await answer('{}', { status: 429, headers: { 'retry-after': '30' } })).retryAfter).toBe(30);
  });

  it.each([
    [0, true],
    [502, true],
    [503, true],
    [504, true],
    [401, false],
    [409, false],
    [429, false],
    [500, false],
  ])('calls status %i transient: %s', (status, isTransient) => {
    expect(new Problem({ status, code: 'X', title: 'x' }).isTransient).toBe(isTransient);
  });
});
