import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_POLICY, type LocalPolicy, type Policy } from '@/lib/scanner/policy';
import { mergePolicies } from '@/lib/scanner/policy-merge';
import type { ScanReport } from '@/lib/scanner/report';
import type { Severity } from '@/lib/scanner/severity';

export const POLICY_FILE = '.heptad-scan.json';
const MAX_POLICY_BYTES = 1 << 20;

export interface ResolvedPolicy {
  policy: Policy;
  source: ScanReport['policy']['source'];
  downgradeAttempts: string[];
  /** Fields of the local policy that let pass what the built-in one would stop; only without a central policy. */
  weakenings: string[];
}

/** The policy was named and is missing, or is no policy: nothing may be scanned with another one instead. */
export class PolicyError extends Error {
  constructor(message: string) {
    // It may quote what was no policy, control characters that would change the terminal among it.
    super(message.replaceAll(/\p{C}/gu, '?'));
  }
}

export interface PolicyPlace {
  root: string;
  /** Named on the command line; must exist then. */
  file?: string | undefined;
  failOn?: Severity | undefined;
  /** The organisation's policy, once it is fetched and verified. */
  central?: Policy | undefined;
}

/**
 * The effective policy. Without a central one the local file is the policy; with one it can only tighten it, and so can
 * flags. Throws PolicyError when the file is missing although it was named, is no JSON, or is no policy.
 */
export async function resolvePolicy({ root, file, failOn, central }: PolicyPlace): Promise<ResolvedPolicy> {
  const path = file ?? join(root, POLICY_FILE);
  const local = file !== undefined || existsSync(path) ? await readLocalPolicy(path) : undefined;
  const flags: LocalPolicy = failOn === undefined ? {} : { failOnSeverity: failOn };
  if (central === undefined) {
    const policy = { ...DEFAULT_POLICY, ...(local === undefined ? {} : { ...local, id: 'local' }), ...flags };
    return {
      policy,
      source: local === undefined ? 'unmanaged' : 'local',
      downgradeAttempts: [],
      weakenings: file === undefined ? weakeningsOf(local ?? {}) : [],
    };
  }
  const first = mergePolicies(central, local ?? {});
  const second = mergePolicies(first.policy, flags);
  return {
    policy: second.policy,
    source: 'central',
    downgradeAttempts: [...first.downgradeAttempts, ...second.downgradeAttempts],
    weakenings: [],
  };
}

/** Whoever may change the scanned files may change the policy beside them: what it takes away must be seen. */
function weakeningsOf(local: LocalPolicy): string[] {
  const { downgradeAttempts } = mergePolicies(DEFAULT_POLICY, local);
  return [...downgradeAttempts, ...((local.suppressions ?? []).length > 0 ? ['suppressions'] : [])];
}

async function readLocalPolicy(path: string): Promise<LocalPolicy> {
  const { localPolicySchema } = await import('@/lib/scanner/policy-schema');
  const parsed = localPolicySchema.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new PolicyError(
    `The policy cannot be used: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it is no policy'}`,
  );
}

function readJson(path: string): unknown {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > MAX_POLICY_BYTES) throw new Error('the file is too large');
    return JSON.parse(text);
  } catch (error) {
    throw new PolicyError(`The policy cannot be used: ${(error as Error).message}`);
  }
}
