import { CONTENT_RULE_ROWS } from './content-rules';
import { MODEL_RULE_ROWS } from './model-rules';
import type { Severity } from './severity';

/** Two or three capital letters, a dash, three digits. */
export const RULE_ID = /^[A-Z]{2,3}-\d{3}$/;

export interface Rule {
  /** Stable; never used again for something else. */
  id: string;
  severity: Severity;
  title: string;
  /** What it means, in one or two sentences. */
  description: string;
  /** What to do. */
  remedy: string;
  cwe: readonly string[];
  /** MITRE ATLAS techniques. */
  atlas: readonly string[];
}

const PICKLE = { cwe: ['CWE-502'], atlas: ['AML.T0010.003', 'AML.T0011.000'] };
const BY_FAMILY: Readonly<Record<string, { cwe: string[]; atlas: string[] }>> = {
  PKL: PICKLE,
  TSC: PICKLE,
  PYC: { cwe: ['CWE-94'], atlas: ['AML.T0011.000'] },
  ARC: { cwe: ['CWE-409', 'CWE-22'], atlas: ['AML.T0011'] },
  KER: { cwe: ['CWE-502', 'CWE-94'], atlas: ['AML.T0011.000'] },
  TF: { cwe: ['CWE-94'], atlas: ['AML.T0011.000'] },
  ONX: { cwe: ['CWE-22'], atlas: ['AML.T0011.000'] },
  GGU: { cwe: ['CWE-1336', 'CWE-94'], atlas: ['AML.T0011.000'] },
  STN: { cwe: ['CWE-1284'], atlas: ['AML.T0010.003'] },
  HYD: { cwe: ['CWE-94'], atlas: ['AML.T0011.000'] },
  YML: { cwe: ['CWE-502'], atlas: ['AML.T0011.000'] },
  TRC: { cwe: ['CWE-829'], atlas: ['AML.T0010.003'] },
  NBK: { cwe: ['CWE-798'], atlas: ['AML.T0055'] },
  DAT: { cwe: ['CWE-1427'], atlas: ['AML.T0051.001', 'AML.T0020'] },
  DEP: { cwe: ['CWE-1357'], atlas: ['AML.T0010.001'] },
  MCP: { cwe: ['CWE-77'], atlas: ['AML.T0053'] },
  LIC: { cwe: [], atlas: [] },
  IDN: { cwe: ['CWE-345'], atlas: ['AML.T0010.003'] },
  SYS: { cwe: ['CWE-400'], atlas: [] },
};

/** All rules in the order they are listed. */
export const RULES: readonly Rule[] = [...MODEL_RULE_ROWS, ...CONTENT_RULE_ROWS].map(
  ([id, severity, title, description, remedy]) => ({
    id,
    severity,
    title,
    description,
    remedy,
    cwe: BY_FAMILY[id.split('-')[0] ?? '']?.cwe ?? [],
    atlas: BY_FAMILY[id.split('-')[0] ?? '']?.atlas ?? [],
  }),
);

const ruleById = new Map(RULES.map((rule) => [rule.id, rule]));

/** Undefined for ids that do not exist. */
export function findRule(id: string): Rule | undefined {
  return ruleById.get(id.toUpperCase());
}

/** Throws for an id that is not in the table: that is a mistake in a parser, not in a file. */
export function ruleOf(id: string): Rule {
  const rule = ruleById.get(id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}
