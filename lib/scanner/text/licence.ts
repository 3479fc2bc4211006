import parseSpdx from 'spdx-expression-parse';
import satisfies from 'spdx-satisfies';
import type { ScanContext } from '../scan-context';

/** Licence names of model hubs that are no SPDX identifiers, and what they are called there. */
const HUB_LICENCES: Readonly<Record<string, string>> = {
  'apache-2.0': 'Apache-2.0',
  mit: 'MIT',
  'bsd-3-clause': 'BSD-3-Clause',
  'bsd-2-clause': 'BSD-2-Clause',
  bsd: 'BSD-3-Clause',
  'cc-by-4.0': 'CC-BY-4.0',
  'cc-by-sa-4.0': 'CC-BY-SA-4.0',
  'cc-by-nc-4.0': 'CC-BY-NC-4.0',
  'cc-by-nc-sa-4.0': 'CC-BY-NC-SA-4.0',
  'cc-by-nc-nd-4.0': 'CC-BY-NC-ND-4.0',
  'cc0-1.0': 'CC0-1.0',
  'gpl-3.0': 'GPL-3.0-only',
  'agpl-3.0': 'AGPL-3.0-only',
  'lgpl-3.0': 'LGPL-3.0-only',
  'mpl-2.0': 'MPL-2.0',
  unlicense: 'Unlicense',
  llama2: 'LicenseRef-llama2',
  llama3: 'LicenseRef-llama3',
  'llama3.1': 'LicenseRef-llama3.1',
  'llama3.2': 'LicenseRef-llama3.2',
  'llama3.3': 'LicenseRef-llama3.3',
  llama4: 'LicenseRef-llama4',
  gemma: 'LicenseRef-gemma',
  openrail: 'LicenseRef-openrail',
  'openrail++': 'LicenseRef-openrail-plus-plus',
  'creativeml-openrail-m': 'LicenseRef-creativeml-openrail-m',
  'bigscience-openrail-m': 'LicenseRef-bigscience-openrail-m',
  'bigscience-bloom-rail-1.0': 'LicenseRef-bigscience-bloom-rail-1.0',
  'bigcode-openrail-m': 'LicenseRef-bigcode-openrail-m',
  other: 'LicenseRef-other',
  unknown: 'LicenseRef-unknown',
};

export interface LicencePolicy {
  blockedLicences: readonly string[];
  allowedLicences?: readonly string[] | undefined;
  failOnMissingLicence: boolean;
}

/** The SPDX expression a declared licence stands for; undefined when it is none. */
export function toSpdx(declared: string): string | undefined {
  const alias = HUB_LICENCES[declared.trim().toLowerCase()];
  if (alias !== undefined) return alias;
  try {
    parseSpdx(declared.trim());
    return declared.trim();
  } catch {
    // Not an expression: the caller reports it.
    return undefined;
  }
}

/** The licence in the front matter of a model card; undefined when the text has no front matter at all. */
export function readModelCardLicence(text: string): { declared: string | undefined } | undefined {
  const front = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1];
  if (front === undefined) return undefined;
  const value = /^license:\s*(.*)$/m
    .exec(front)?.[1]
    ?.trim()
    .replaceAll(/^["']|["']$/g, '');
  const item = /^license:\s*\n\s*-\s*(.*)$/m.exec(front)?.[1]?.trim();
  const declared = value === undefined || value === '' ? item : value;
  return { declared: declared === '' ? undefined : declared };
}

/** LIC-001 to LIC-003 for one declared licence. */
export function checkLicence(declared: string | undefined, policy: LicencePolicy, context: ScanContext): void {
  if (declared === undefined) {
    if (policy.failOnMissingLicence) context.report({ ruleId: 'LIC-002', message: 'No licence is declared' });
    return;
  }
  const expression = toSpdx(declared);
  if (expression === undefined) {
    context.report({ ruleId: 'LIC-003', message: `The licence ${declared} is no SPDX expression`, identity: declared });
    return;
  }
  const isBlocked = policy.blockedLicences.some((blocked) => mentions(expression, blocked));
  const isOutside = policy.allowedLicences !== undefined && !isSatisfiedBy(expression, policy.allowedLicences);
  if (isBlocked || isOutside) {
    const why = isBlocked ? 'is blocked' : 'is not allowed';
    context.report({
      ruleId: 'LIC-001',
      message: `The licence ${expression} ${why} by the policy`,
      identity: expression,
    });
  }
}

/** `A OR B` is blocked only when every choice is. */
function mentions(expression: string, blocked: string): boolean {
  const target = toSpdx(blocked) ?? blocked;
  const choices = expression.split(/\s+OR\s+/i);
  return choices.every((choice) =>
    choice
      .replaceAll(/[()]/g, ' ')
      .split(/\s+(?:AND|WITH)\s+|\s+/i)
      .includes(target),
  );
}

function isSatisfiedBy(expression: string, allowed: readonly string[]): boolean {
  const list = allowed.map((one) => toSpdx(one)).filter((one) => one !== undefined);
  if (list.includes(expression)) return true;
  try {
    return satisfies(expression, list);
  } catch {
    // Licence references have no order: only an exact entry allows them.
    return false;
  }
}
