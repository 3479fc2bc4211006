import { Readable } from 'node:stream';
import type { FileAnswer } from '@/lib/kernel/answer';
import { apiHeaders } from './headers';

/** Downloads are attachments in a sandbox: even a disguised file never runs on our origin. */
export async function fileResponse({ body, file }: FileAnswer, request: Request): Promise<Response> {
  const headers = apiHeaders({
    'content-type': file.mediaType,
    'content-disposition': `${file.inline ? 'inline' : 'attachment'}; filename="${asciiName(file.name)}"; filename*=UTF-8''${encodedName(file.name)}`,
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  });
  if (file.size !== undefined) headers.set('content-length', String(file.size));
  if (file.etag !== undefined) {
    headers.set('etag', `"${file.etag}"`);
    if (request.headers.get('if-none-match') === `"${file.etag}"`) return withoutBody(body, 304, headers);
  }
  if (request.method === 'HEAD') return withoutBody(body, 200, headers);
  const bytes = body instanceof Uint8Array ? body : (Readable.toWeb(Readable.from(body)) as ReadableStream<Uint8Array>);
  return new Response(bytes as BodyInit, { status: 200, headers });
}

/** Bytes that nobody will read hold an open file until they are told so. */
async function withoutBody(body: FileAnswer['body'], status: number, headers: Headers): Promise<Response> {
  if (!(body instanceof Uint8Array)) await body[Symbol.asyncIterator]().return?.();
  return new Response(null, { status, headers });
}

function asciiName(name: string): string {
  return name.replaceAll(/[^\w.() -]/g, '_').slice(0, 150);
}

/** RFC 8187: fewer characters stand for themselves than in an address. */
function encodedName(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
