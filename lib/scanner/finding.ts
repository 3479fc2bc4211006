import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { findingSchema } from './finding-schema';

// Schemas live in files of their own: building them takes longer than a small scan, and only input needs them.
export type Finding = z.infer<typeof findingSchema>;
export type FindingLocation = Finding['location'];
export type FindingEvidence = Finding['evidence'];

/** What makes two findings the same one: no offsets, no lines, no absolute path. */
export interface FindingIdentity {
  ruleId: string;
  path: string;
  memberPath: readonly string[];
  callable?: string | undefined;
  evidence?: string | undefined;
}

/** SHA-256 (hex) that stays the same when lines move or the tree is checked out elsewhere. */
export function fingerprintOf({ ruleId, path, memberPath, callable = '', evidence = '' }: FindingIdentity): string {
  const normalised = evidence.replaceAll(/\s+/g, ' ').trim();
  return createHash('sha256')
    .update(JSON.stringify([ruleId, path, memberPath, callable, normalised]))
    .digest('hex');
}
