import * as z from 'zod';
import { RULE_ID } from './rules';
import { SEVERITIES } from './severity';

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);

/** One finding, as it is printed, uploaded and stored. Schema version 1; fields are only ever added. */
export const findingSchema = z.strictObject({
  schemaVersion: z.literal(1),
  ruleId: z.string().regex(RULE_ID),
  severity: z.enum(SEVERITIES),
  /** 0 (guess) to 1 (certain). */
  confidence: z.number().min(0).max(1),
  title: z.string().max(120),
  message: z.string().max(500),
  artifact: z.strictObject({
    /** Relative to the scanned root, with forward slashes. */
    path: z.string().min(1).max(1024),
    sha256: SHA256.optional(),
    /** Bytes. */
    size: z.number().int().nonnegative(),
    format: z.string().max(40),
  }),
  location: z.strictObject({
    /** Members of archives from the outside in. */
    memberPath: z.array(z.string().max(1024)).max(5),
    /** Decimal, since it may exceed 2^53. */
    byteOffset: z.string().regex(/^\d+$/).optional(),
    /** 1-based. */
    line: z.number().int().positive().optional(),
    /** Notebook cell, 0-based. */
    cell: z.number().int().nonnegative().optional(),
    /** Data row, 1-based. */
    row: z.number().int().positive().optional(),
  }),
  evidence: z.strictObject({
    callable: z.string().max(300).optional(),
    argsShape: z.string().max(200).optional(),
    snippetRedacted: z.string().max(200).optional(),
  }),
  cwe: z.array(z.string()),
  cve: z.array(z.string()),
  /** MITRE ATLAS techniques. */
  atlas: z.array(z.string()),
  fingerprint: SHA256,
  suppressed: z
    .strictObject({ by: z.string(), reason: z.string(), expires: z.iso.datetime({ offset: true }).optional() })
    .optional(),
  engineVersion: z.string(),
});
