import { z } from 'zod';

const Settings = z.object({
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  AUTH_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  DATA_DIR: z.string().default('.data'),
  HEPTAD_DEMO: z.enum(['0', '1']).optional(),
  TRUSTED_HOPS: z.coerce.number().int().min(0).max(8).default(0),
  UPLOAD_LIMIT_MB: z.coerce.number().int().min(1).max(10_000).default(50),
});

export type Settings = z.infer<typeof Settings>;

/** The process's settings, read on each call so that tests and the CLI may set them first. Throws with the variable's name. */
export function settings(): Settings {
  const parsed = Settings.safeParse(process.env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new Error(`Check the variables: ${problems.join('; ')}`);
}

/** The key that signs session cookies. `heptad start` makes one and keeps it in DATA_DIR when none is given. */
export function authSecret(): string {
  const secret = settings().AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set; `heptad start` makes one.');
  return secret;
}

/** Whether browsers reach us by https: decides the cookie's name and flags. */
export function isHttps(): boolean {
  return settings().PUBLIC_URL?.startsWith('https:') ?? false;
}

/** One-click sign-in is offered only in demonstration mode and never on a public address. */
export function isDemonstration(): boolean {
  const { HEPTAD_DEMO, PUBLIC_URL } = settings();
  return HEPTAD_DEMO === '1' && PUBLIC_URL === undefined;
}
