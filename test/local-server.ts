import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach } from 'vitest';

export interface Seen {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface Reply {
  status: number;
  body?: unknown;
}

/**
 * A real HTTP server for component tests, and the page's own origin: what a component fetches arrives here. Each test
 * says what it answers with `onRequest`; `seen` holds what came.
 */
export function useLocalServer(): { seen: Seen[]; onRequest: (answer: (request: Seen) => Reply) => void } {
  const seen: Seen[] = [];
  let answer: (request: Seen) => Reply = notFound;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const arrived: Seen = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
      seen.push(arrived);
      const { status, body } = answer(arrived);
      response.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json' });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    (window as unknown as { happyDOM: { setURL: (url: string) => void } }).happyDOM.setURL(`http://127.0.0.1:${port}/`);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    seen.length = 0;
  });
  return { seen, onRequest: (next) => (answer = next) };
}

function notFound(): Reply {
  return { status: 404 };
}
