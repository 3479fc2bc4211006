import { describe, expect, it } from 'vitest';
import { chooseIdentity, type Circumstances } from './identity';

const service = { uid: 101, gid: 104 };
const asRoot: Circumstances = { uid: 0, dataOwner: undefined, canUnshare: true, service };

describe('the choice of who runs PostgreSQL', () => {
  it.each<[string, Circumstances, unknown]>([
    ['Windows has no user numbers', { ...asRoot, uid: undefined }, { kind: 'plain' }],
    ['a normal user runs it as himself', { ...asRoot, uid: 1000 }, { kind: 'plain' }],
    ['a normal user again, on his data', { ...asRoot, uid: 1000, dataOwner: { uid: 1000, gid: 1 } }, { kind: 'plain' }],
    ['root steps into a namespace', asRoot, { kind: 'namespace' }],
    [
      'root without unshare becomes the service account',
      { ...asRoot, canUnshare: false },
      { kind: 'account', ...service },
    ],
    [
      'root keeps the account that owns the data',
      { ...asRoot, dataOwner: { uid: 7, gid: 8 } },
      { kind: 'account', uid: 7, gid: 8 },
    ],
    [
      'root stays in the namespace on data of root',
      { ...asRoot, dataOwner: { uid: 0, gid: 0 } },
      { kind: 'namespace' },
    ],
  ])('%s', (_, circumstances, expected) => {
    expect(chooseIdentity(circumstances)).toEqual(expected);
  });

  it('refuses data of another user and says what to do', () => {
    const stranger = { ...asRoot, uid: 1000, dataOwner: { uid: 1001, gid: 1001 } };
    expect(() => chooseIdentity(stranger)).toThrow(/user 1001.*chown/s);
  });

  it('refuses root when there is neither unshare nor an account to become', () => {
    expect(() => chooseIdentity({ ...asRoot, canUnshare: false, service: undefined })).toThrow(/DATABASE_URL/);
  });
});
