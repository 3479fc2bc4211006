import type {
  ActionConstraint,
  EntityConstraint,
  PolicyJson,
  PolicySetJson,
  PrincipalOrResourceConstraint,
  TemplateLink,
} from '../language/expression';
import type { ActionView, SchemaView } from '../language/schema-view';
import { type ExpressionSource, generateExpression } from './generate-expression';
import { generateUid, type ValueSource } from './generate-value';
import { inputPaths } from './input-paths';
import type { Literals } from './literals';
import type { Random } from './random';

export interface PolicyOptions {
  /** Static policies; every fourth template beside them gets two links. */
  readonly policies: number;
  readonly templates?: number;
  /** Nesting of conditions. Default 3. */
  readonly depth?: number;
  /** How often types are wrong and texts malformed, 0 … 1 per operand. Default 0.01. */
  readonly wildness?: number;
}

const ENTITY_IDS = ['a', 'b', 'c', 'x"y', 'näme'];

/** Random policies over a schema, using every operator, extension type and form of scope. Made for tests. */
export function generatePolicySet(view: SchemaView, random: Random, options: PolicyOptions): PolicySetJson {
  const { policies, templates = 0 } = options;
  const maker = new PolicyMaker(view, random, options);
  const templateEntries = Array.from({ length: templates }, (_, n) => [`template${n}`, maker.template()] as const);
  return {
    policies: Object.fromEntries(Array.from({ length: policies }, (_, n) => [`policy${n}`, maker.policy()])),
    templates: Object.fromEntries(templateEntries),
    links: templateEntries.flatMap(([templateId, template]) => [
      maker.link(templateId, template, `${templateId}-one`),
      maker.link(templateId, template, `${templateId}-two`),
    ]),
  };
}

class PolicyMaker {
  readonly #values: ValueSource;
  readonly #depth: number;
  readonly #wildness: number;

  constructor(
    private readonly view: SchemaView,
    private readonly random: Random,
    { depth = 3, wildness = 0.01 }: PolicyOptions,
  ) {
    const literals: Literals = {
      longs: [0, 3, 8, 17],
      strings: ['mail', 'a', 'prod'],
      constructorTexts: new Map(),
      entities: [],
    };
    const entityIds = new Map(
      Array.from(view.entityTypes.values(), (type) => [type.name, type.enumeratedIds ?? ENTITY_IDS]),
    );
    this.#values = { random, literals, entityIds };
    this.#depth = depth;
    this.#wildness = wildness;
  }

  policy(): PolicyJson {
    const action = this.random.pick(this.view.actions);
    const principal = this.random.pick(action.principalTypes);
    const resource = this.random.pick(action.resourceTypes);
    const environment = { principal, action: action.uid.type, resource, context: action.context };
    const source: ExpressionSource = {
      view: this.view,
      values: this.#values,
      paths: inputPaths(this.view, environment),
      wildness: this.#wildness,
    };
    return {
      effect: this.random.chance(0.6) ? 'permit' : 'forbid',
      principal: this.#constraint(principal),
      action: this.#actionConstraint(action),
      resource: this.#constraint(resource),
      conditions: Array.from({ length: this.random.pick([0, 1, 1, 1, 2, 3]) }, () => ({
        kind: this.random.chance(0.8) ? ('when' as const) : ('unless' as const),
        body: generateExpression({ kind: 'bool' }, source, this.random.below(this.#depth + 1)),
      })),
    };
  }

  template(): PolicyJson {
    const policy = this.policy();
    const form = this.random.below(3);
    return {
      ...policy,
      principal: form === 1 ? policy.principal : withSlot(policy.principal, '?principal', this.random),
      resource: form === 0 ? policy.resource : withSlot(policy.resource, '?resource', this.random),
    };
  }

  link(templateId: string, { principal, resource }: PolicyJson, newId: string): TemplateLink {
    const slots = [principal, resource].flatMap((constraint) => slotsOf(constraint));
    const uid = () => generateUid(this.random.pick([...this.view.entityTypes.keys()]), this.#values);
    return { templateId, newId, values: Object.fromEntries(slots.map((slot) => [slot, uid()])) };
  }

  #constraint(type: string): PrincipalOrResourceConstraint {
    const { memberOfTypes = [] } = this.view.entityTypes.get(type) ?? {};
    const entity = generateUid(type, this.#values);
    const group = memberOfTypes.length > 0 ? generateUid(this.random.pick(memberOfTypes), this.#values) : entity;
    return this.random.pick<PrincipalOrResourceConstraint>([
      { op: 'All' },
      { op: 'All' },
      { op: 'All' },
      { op: '==', entity },
      { op: 'in', entity: group },
      { op: 'is', entity_type: type },
      { op: 'is', entity_type: type, in: { entity: group } },
    ]);
  }

  #actionConstraint(action: ActionView): ActionConstraint {
    const others = this.random.some(this.view.actions, 0.3).map(({ uid }) => uid);
    const groups = [...this.view.actionGroups, action.uid];
    return this.random.pick<ActionConstraint>([
      { op: 'All' },
      { op: 'All' },
      { op: '==', entity: action.uid },
      { op: 'in', entity: this.random.pick(groups) },
      { op: 'in', entities: [...others, action.uid, ...this.random.some(groups, 0.5)] },
      { op: 'in', entities: others },
    ]);
  }
}

function withSlot(
  constraint: PrincipalOrResourceConstraint,
  slot: string,
  random: Random,
): PrincipalOrResourceConstraint {
  if (constraint.op === 'is') return { op: 'is', entity_type: constraint.entity_type, in: { slot } };
  return { op: random.pick(['==', 'in']), slot };
}

function slotsOf(constraint: PrincipalOrResourceConstraint): string[] {
  const target = targetOf(constraint);
  return target && 'slot' in target ? [target.slot] : [];
}

function targetOf(constraint: PrincipalOrResourceConstraint): EntityConstraint | undefined {
  if (constraint.op === 'All') return undefined;
  return constraint.op === 'is' ? constraint.in : constraint;
}
