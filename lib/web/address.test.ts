import * as fc from 'fast-check';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { mendRequests, OTHER_METHOD, wellFormedAddress } from './address';

describe('an address', () => {
  it.each([
    ['/entities/%ff', '/entities/%EF%BF%BD'],
    ['/entities/%E0%A4%A', '/entities/%EF%BF%BD%EF%BF%BDA'],
    ['/entities/100%', '/entities/100%EF%BF%BD'],
    ['/search?q=K%C3%B6ln', '/search?q=K%C3%B6ln'],
    ['/entities/%00', '/entities/%00'],
    ['http://evil.test/api/v1/entities?q=a', '/api/v1/entities?q=a'],
    ['http://evil.test//other.test/x', '/other.test/x'],
    ['*', '/'],
    ['/verify?next=http://a.test/', '/verify?next=http://a.test/'],
  ])('%s is read as %s', (given, read) => {
    expect(wellFormedAddress(given)).toBe(read);
  });

  it('can always be decoded afterwards, and a good one is not touched', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z%0-9A-F]{0,20}$/), fc.string({ unit: 'grapheme' }), (any, good) => {
        expect(() => decodeURIComponent(wellFormedAddress(any))).not.toThrow();
        expect(wellFormedAddress(`/${encodeURIComponent(good)}`)).toBe(`/${encodeURIComponent(good)}`);
      }),
      { numRuns: 2_000 },
    );
  });

  it('arrives mended at whatever serves it', async () => {
    mendRequests();
    const server = createServer((request, response) =>
      response.end([request.method, request.url, request.headers[OTHER_METHOD]].join(' ')),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const seen = await new Promise<string>((resolve, reject) => {
      get({ port, host: '127.0.0.1', path: '/entities/%ff', method: 'TRACE' }, (response) => {
        response.setEncoding('utf8');
        response.on('data', resolve);
      }).on('error', reject);
    });
    server.close();
    expect(seen).toBe('OPTIONS /entities/%EF%BF%BD TRACE');
  });
});
