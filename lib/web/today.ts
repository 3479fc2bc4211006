/** Today by the server's clock as `YYYY-MM-DD`: what pages measure freshness and due dates against. */
export function today(): string {
  return now().slice(0, 10);
}

/** This instant by the server's clock, ISO 8601. */
export function now(): string {
  return new Date().toISOString();
}
