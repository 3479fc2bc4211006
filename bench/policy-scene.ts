import type { Cedar, CedarCase, PolicySources } from '@/lib/gateway/policy/cedar/cedar';
import { type CompiledPolicySet, compilePolicySet } from '@/lib/gateway/policy/compile/policy-set';
import { decideInput } from '@/lib/gateway/policy/decide';
import { Random } from '@/lib/gateway/policy/differential/random';
import { type EntityJson, EntityStore } from '@/lib/gateway/policy/entity-store';
import { actionEntities } from '@/lib/gateway/policy/language/schema';
import { parseEntityUid } from '@/lib/gateway/policy/values/json-value';
import { makeInput, makeWorld, WORLD_SCHEMA } from './policy-world';

/** A policy set ready to decide, with the entities it is about and requests of its shape. */
export interface PolicyScene {
  readonly sources: PolicySources;
  readonly policies: CompiledPolicySet;
  readonly base: EntityStore;
  readonly entities: readonly EntityJson[];
  /** What requests bring: themselves and the entities only they know. */
  readonly inputs: readonly CedarCase[];
}

export const SEED = 20_260_714;

/** Builds a set that strict validation accepts without an error, so that it could be published as it is. */
export async function makeScene(cedar: Cedar, size: number, inputs: number): Promise<PolicyScene> {
  const random = new Random(SEED);
  const world = makeWorld(size, random);
  const { errors } = await cedar.validate(world.sources, WORLD_SCHEMA);
  const schema = await cedar.schemaToJson(WORLD_SCHEMA);
  if (errors.length > 0 || !schema.ok) throw new Error(JSON.stringify(errors[0] ?? schema));
  const entities = [...actionEntities(schema.value), ...world.entities];
  const base = EntityStore.fromJson(entities);
  const policies = await compileSources(cedar, world.sources);
  // Agents mostly ask for what they may do; requests made at random would nearly all be denied.
  const makeAllowed = (): CedarCase => {
    for (;;) {
      const input = makeInput(world.agents, random);
      if (decideInput(policies, input, base).effect === 'allow') return input;
    }
  };
  const makeOne = () => (random.chance(0.75) ? makeAllowed() : makeInput(world.agents, random));
  return { sources: world.sources, policies, base, entities, inputs: Array.from({ length: inputs }, makeOne) };
}

export async function compileSources(cedar: Cedar, sources: PolicySources): Promise<CompiledPolicySet> {
  const parsed = await cedar.parse(sources);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return compilePolicySet(parsed.value);
}

/** The first inputs as cases for Cedar: with the principal, action and resource and all above them, not the whole world. */
export function casesFor({ base, entities, inputs }: PolicyScene, count: number): CedarCase[] {
  const byKey = new Map(entities.map((entity) => [parseEntityUid(entity.uid).key, entity]));
  return inputs.slice(0, count).map(({ request, entities: own }) => {
    const keys = [request.principal, request.action, request.resource].flatMap((json) => {
      const { key } = parseEntityUid(json);
      return [key, ...base.ancestorsOf(key)];
    });
    const known = [...new Set(keys)].flatMap((key) => byKey.get(key) ?? []);
    return { request, entities: [...known, ...own] };
  });
}
