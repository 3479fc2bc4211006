/**
 * Where to go after signing in: only a path of this site. `//host`, `/\host`, control characters and whole addresses
 * would lead a person who just typed a password to somebody else's page.
 */
export function safeNext(asked: string | string[] | undefined): string {
  const isPath = typeof asked === 'string' && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(asked);
  return isPath ? asked : '/';
}
