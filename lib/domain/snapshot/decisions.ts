import type { ControlInput, EntityInput } from '../score/input';
import type { MethodR1 } from '../score/method';
import type { FrozenEntity } from './content';
import type { FrozenDecision } from './facts';
import { scoreGroup } from './scoring';
import { controlLosses } from './losses';

const MOST_DECISIONS = 5;
/** How many of the costliest controls are tried for the one that helps the group most. */
const TRIED_CONTROLS = 3;
/** A tenth of a point. */
const SMALLEST_GAIN_BP = 10;

/** Who is asked and by when, for a control in an entity. */
export interface Charge {
  readonly owner: string | null;
  readonly dueOn: string | null;
}

export interface DecisionSources {
  readonly entities: readonly FrozenEntity[];
  readonly day: number;
  readonly method: MethodR1;
  /** The control that lifts a cap (scoring.json, `hard_caps[].controls`, the first). */
  readonly controlOfCap: Readonly<Record<string, string>>;
  readonly chargeOf: (entity: string, control: string) => Charge;
}

/**
 * What a month puts to the management body by itself: each hard cap in force, lowest first, and the one control whose
 * full proof would lift the group most.
 */
export function proposeDecisions(sources: DecisionSources): FrozenDecision[] {
  const caps = capDecisions(sources).slice(0, MOST_DECISIONS - 1);
  const control = controlDecision(sources);
  return control ? [...caps, control] : caps;
}

function capDecisions({ entities, controlOfCap, chargeOf }: DecisionSources): FrozenDecision[] {
  const affected = new Map<string, { capBp: number; entities: string[] }>();
  for (const { score } of entities) {
    for (const { id, cap } of score.caps) {
      const known = affected.get(id);
      if (known) known.entities.push(score.id);
      else affected.set(id, { capBp: cap, entities: [score.id] });
    }
  }
  return [...affected]
    .toSorted(
      ([a, left], [b, right]) =>
        left.capBp - right.capBp || right.entities.length - left.entities.length || (a < b ? -1 : 1),
    )
    .map(([cap, { capBp, entities: under }]) => {
      const control = controlOfCap[cap] ?? cap;
      return {
        record: { kind: 'control', id: control },
        subject: { kind: 'cap', cap, capBp, entities: under },
        ...sharedCharge(under.map((entity) => chargeOf(entity, control))),
      };
    });
}

function controlDecision({ entities, day, method, chargeOf }: DecisionSources): FrozenDecision | null {
  const inputs = entities.map(({ input }) => input);
  const before = scoreGroup(inputs, day, method).proven;
  const gains = controlLosses(entities, method)
    .slice(0, TRIED_CONTROLS)
    .map(({ control }) => ({
      control,
      gainBp:
        scoreGroup(
          inputs.map((input) => withFullProof(input, control, day)),
          day,
          method,
        ).proven - before,
    }));
  const best = gains.toSorted((a, b) => b.gainBp - a.gainBp)[0];
  if (!best || best.gainBp < SMALLEST_GAIN_BP) return null;
  const holders = entities.filter(({ score }) =>
    score.controls.some(({ id, counted }) => id === best.control && counted),
  );
  return {
    record: { kind: 'control', id: best.control },
    subject: { kind: 'control', ...best },
    ...sharedCharge(holders.map(({ score }) => chargeOf(score.id, best.control))),
  };
}

/** The input as it would be with the control at its target everywhere, confirmed independently today. */
function withFullProof(input: EntityInput, control: string, day: number): EntityInput {
  const proof = { strength: 'independent', collectedDay: day, validityDays: 1 } as const;
  const full = { documentation: 5, implementation: 5, evidence: [proof] } as const;
  const improve = (one: ControlInput): ControlInput => ({
    ...one,
    ...full,
    units: one.units?.map((unit) => ({ ...unit, ...full })),
  });
  return { ...input, controls: input.controls.map((one) => (one.id === control ? improve(one) : one)) };
}

/** The person most of them name, and the earliest date. */
function sharedCharge(charges: readonly Charge[]): Charge {
  const named = new Map<string, number>();
  for (const { owner } of charges) if (owner !== null) named.set(owner, (named.get(owner) ?? 0) + 1);
  const [owner = null] = [...named].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0] ?? [];
  const [dueOn = null] = charges.flatMap((charge) => charge.dueOn ?? []).toSorted();
  return { owner, dueOn };
}
