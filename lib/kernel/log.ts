import pino from 'pino';

/** Process log: one JSON line each, never evidence text, secrets or personal data beyond ids. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: null,
  redact: ['password', '*.password', 'token', '*.token', 'authorization', 'cookie', '*.authorization', '*.cookie'],
});
