import * as z from 'zod';
import { findingSchema } from './finding-schema';

export const verdictSchema = z.enum(['pass', 'fail', 'incomplete']);

/** What a scan answers; the same document is printed as JSON and uploaded. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** ULID. */
  scanId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  startedAt: z.iso.datetime({ offset: true }),
  durationMs: z.number().int().nonnegative(),
  cli: z.strictObject({ version: z.string(), sha256: z.string().optional() }),
  policy: z.strictObject({
    id: z.string(),
    version: z.number().int().nonnegative(),
    digest: z.string(),
    source: z.enum(['central', 'local', 'unmanaged']),
    failOnSeverity: z.string(),
    downgradeAttempts: z.array(z.string()),
    /** Fields of a local policy that let pass what the built-in one would stop. */
    weakenings: z.array(z.string()).optional(),
  }),
  repo: z
    .strictObject({
      host: z.string(),
      owner: z.string(),
      name: z.string(),
      ref: z.string(),
      commit: z.string(),
      dirty: z.boolean(),
    })
    .partial()
    .optional(),
  ci: z.strictObject({ provider: z.string(), runId: z.string() }).optional(),
  totals: z.strictObject({
    files: z.number().int(),
    bytes: z.number().int(),
    skipped: z.number().int(),
    /** Those among the skipped that a .heptadignore of the scanned files leaves out. */
    ignored: z.number().int().optional(),
    incomplete: z.number().int(),
    findings: z.number().int(),
    suppressed: z.number().int(),
  }),
  artifacts: z.array(
    z.strictObject({
      path: z.string(),
      size: z.number().int(),
      format: z.string(),
      sha256: z.string().optional(),
      isIncomplete: z.boolean(),
    }),
  ),
  findings: z.array(findingSchema),
  verdict: verdictSchema,
});
