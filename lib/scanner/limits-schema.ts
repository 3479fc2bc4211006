import * as z from 'zod';

/** Where the scanner stops looking. Reaching one is a finding, never silence. */
export const limitsSchema = z.strictObject({
  /** Archives inside archives. */
  depth: z.number().int().min(0).max(5),
  /** Entries of one archive. */
  members: z.number().int().positive().max(50_000),
  /** Bytes inflated from one member. */
  inflatedBytes: z
    .number()
    .int()
    .positive()
    .max(2 ** 30),
  /** Inflated bytes over stored bytes, judged once more than `ratioFloorBytes` were inflated. */
  ratio: z.number().positive().max(100),
  ratioFloorBytes: z
    .number()
    .int()
    .positive()
    .max(2 ** 25),
  /** Milliseconds for one artifact. */
  artifactMs: z.number().int().positive().max(60_000),
  /** Opcodes of one pickle stream. */
  opcodes: z
    .number()
    .int()
    .positive()
    .max(2 ** 31),
  /** Bytes of one text that are looked at as a whole, such as a JSON document. */
  documentBytes: z
    .number()
    .int()
    .positive()
    .max(2 ** 26),
  /** Findings of one artifact. */
  findings: z.number().int().positive().max(1_000),
});
