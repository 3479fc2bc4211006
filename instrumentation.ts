/** Next calls this once, before it takes its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('./lib/web/address')).mendRequests();
}
