import type { Severity } from './severity';

/** id, default severity, title, what it means, what to do. Ids are never used again. */
export type RuleRow = readonly [string, Severity, string, string, string];

export const RENEW = 'Do not use this file; get it again from its publisher and compare the digest.';
