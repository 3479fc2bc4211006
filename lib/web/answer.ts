import { Readable } from 'node:stream';
import type { FileAnswer } from '@/lib/kernel/answer';
import { apiHeaders } from './headers';

/** Downloads are attachments in a sandbox: even a disguised file never runs on our origin. */
export function fileResponse({ body, file }: FileAnswer, request: Request): Response {
  const headers = apiHeaders({
    'content-type': file.mediaType,
    'content-disposition': `${file.inline ? 'inline' : 'attachment'}; filename="${asciiName(file.name)}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  });
  if (file.size !== undefined) headers.set('content-length', String(file.size));
  if (file.etag !== undefined) {
    headers.set('etag', `"${file.etag}"`);
    headers.set('cache-control', 'private, no-cache');
    if (request.headers.get('if-none-match') === `"${file.etag}"`) return new Response(null, { status: 304, headers });
  }
  const bytes = body instanceof Uint8Array ? body : (Readable.toWeb(Readable.from(body)) as ReadableStream<Uint8Array>);
  return new Response(bytes as BodyInit, { status: 200, headers });
}

function asciiName(name: string): string {
  return name.replaceAll(/[^\w.() -]/g, '_').slice(0, 150);
}
