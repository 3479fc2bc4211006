import { describe, expect, it } from 'vitest';
import { AppError, invalid } from '@/lib/kernel/errors';
import { explain } from './explain';
import { CommandFailure } from './failure';

describe('an error on the command line', () => {
  it('is a sentence with the fields that are wrong, when it was to be expected', async () => {
    expect(await explain(new CommandFailure('Port 3000 is taken.'))).toBe('Port 3000 is taken.');
    expect(await explain(new AppError('UNAUTHENTICATED', 'account.wrongCredentials'))).toBe(
      'Email or password is not right.',
    );
    expect(await explain(invalid('validDays', 'token.oneYear'))).toBe(
      'A token lives a year at most.\n  validDays: A token lives a year at most.',
    );
  });

  it('is shown whole, when it was not', async () => {
    const error = new TypeError('x is not a function');
    expect(await explain(error)).toBe(error);
    const bug = new AppError('BUG', 'system.bug', { cause: error });
    expect(await explain(bug)).toBe(bug);
  });
});
