/** Facts of an entity's profile; `null` or missing = not answered yet (controls.json, `profile_facts`). */
export type ProfileFacts = Readonly<Record<string, boolean | null | undefined>>;

export interface Applicability {
  readonly applies: boolean;
  /** Facts that made it apply only because nobody has answered them; empty when it does not apply. */
  readonly assumed: readonly string[];
  /** The facts answered "no" that take it out. */
  readonly ruledOutBy: readonly string[];
}

/**
 * Whether a control applies: every fact in `appliesWhen` must be true, and an unanswered fact counts as true until
 * somebody answers it, so that silence never makes a duty disappear. An empty list always applies.
 */
export function applicabilityOf(appliesWhen: readonly string[], facts: ProfileFacts): Applicability {
  const ruledOutBy = appliesWhen.filter((fact) => facts[fact] === false);
  const applies = ruledOutBy.length === 0;
  return { applies, assumed: applies ? appliesWhen.filter((fact) => facts[fact] == null) : [], ruledOutBy };
}
