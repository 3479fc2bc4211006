import type { AtLeast, FactDeclaration, Facts, FactValue } from './condition';

/** A fact that cannot be used as given; `fact` is the field to show the message beside. */
export interface FactIssue {
  readonly fact: string;
  readonly problem: 'not declared' | 'wrong type' | 'not finite' | 'not whole' | 'negative';
}

/**
 * Checks facts from outside against the declarations. Unknown facts (`null`, `undefined`) are fine: they stay unknown.
 * Every declared number of the catalogue is a count, an amount or a duration, so none may be negative.
 */
export function checkFacts(facts: Facts, declarations: ReadonlyMap<string, FactDeclaration>): readonly FactIssue[] {
  const issues: FactIssue[] = [];
  for (const [fact, value] of Object.entries(facts)) {
    if (value === null || value === undefined) continue;
    const declaration = declarations.get(fact);
    const problem = declaration ? problemOf(value, declaration) : 'not declared';
    if (problem) issues.push({ fact, problem });
  }
  return issues;
}

function problemOf(given: FactValue | AtLeast, { type }: FactDeclaration): FactIssue['problem'] | null {
  const value = typeof given === 'object' ? given.atLeast : given;
  const expected = type === 'integer' ? 'number' : type;
  if (typeof value !== expected) return 'wrong type';
  if (typeof value !== 'number') return null;
  if (!Number.isFinite(value)) return 'not finite';
  if (value < 0) return 'negative';
  return type === 'integer' && !Number.isInteger(value) ? 'not whole' : null;
}
