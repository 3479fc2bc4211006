import { settings } from '@/lib/kernel/env';
import { AppError } from '@/lib/kernel/errors';

/**
 * Cross-site request guard for writes that a cookie authorises: route handlers get none from Next. The Origin must be
 * ours; missing and `null` are refused, because browsers send it with every write.
 */
export function requireOwnOrigin(request: Request): void {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin !== null && isOwn(origin, request) && (site === null || site === 'same-origin')) return;
  throw new AppError('FORBIDDEN', 'request.origin', {
    reason: 'origin',
    issues: [{ path: 'Origin', message: origin === null ? 'request.originMissing' : 'request.originForeign' }],
  });
}

/** Sign-in takes no cookie, so scripts without an Origin may use it; a browser on another site may not. */
export function requireNoForeignOrigin(request: Request): void {
  if (request.headers.get('origin') !== null || request.headers.get('sec-fetch-site') !== null)
    requireOwnOrigin(request);
}

function isOwn(origin: string, request: Request): boolean {
  const publicUrl = settings().PUBLIC_URL;
  if (publicUrl) return origin === new URL(publicUrl).origin;
  // Without a public address Heptad is reached on this machine: the host asked for must be loopback, so that a name an
  // attacker points here (DNS rebinding) is no origin of ours.
  const host = request.headers.get('host') ?? '';
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host) && origin === `http://${host}`;
}
