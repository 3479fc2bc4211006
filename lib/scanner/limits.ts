import type { z } from 'zod';
import type { limitsSchema } from './limits-schema';

export type Limits = z.infer<typeof limitsSchema>;

/** Used unless a policy says otherwise. */
export const DEFAULT_LIMITS: Limits = {
  depth: 5,
  members: 50_000,
  inflatedBytes: 2 ** 30,
  ratio: 100,
  ratioFloorBytes: 2 ** 25,
  artifactMs: 20_000,
  opcodes: 2 ** 31,
  documentBytes: 2 ** 26,
  findings: 1_000,
};
