import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { pageHeaders } from '@/lib/web/headers';

/**
 * Pages only: sets headers and refuses. Who may see what is decided where the data is read, never here.
 * `/api` is not matched: its routes set their own headers, and Next cuts the body of uploads that pass a proxy.
 */
export function proxy(request: NextRequest): NextResponse {
  const isHttps = process.env.PUBLIC_URL?.startsWith('https:') ?? false;
  const reads = request.method === 'GET' || request.method === 'HEAD';
  // The app has no Server Actions; most of the framework's code-execution holes sit in their decoder.
  if (!reads || request.headers.has('next-action')) {
    return NextResponse.json(
      { type: 'about:blank', code: 'INVALID', status: 405, title: 'Pages are only read.' },
      {
        status: 405,
        headers: { ...pageHeaders('none', isHttps), allow: 'GET, HEAD', 'content-type': 'application/problem+json' },
      },
    );
  }
  const nonce = randomBytes(16).toString('base64');
  const headers = pageHeaders(nonce, isHttps);
  const forwarded = new Headers(request.headers);
  forwarded.set('x-nonce', nonce);
  forwarded.set('x-heptad-path', request.nextUrl.pathname + request.nextUrl.search);
  forwarded.set('content-security-policy', headers['content-security-policy']!);
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: ['/((?!api/|_next/static/|fonts/|favicon).*)'] };
