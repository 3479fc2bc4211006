import type { PolicySources } from '@/lib/gateway/policy/cedar/cedar';
import type { Random } from '@/lib/gateway/policy/differential/random';
import type { EntityJson } from '@/lib/gateway/policy/entity-store';
import type { RequestJson } from '@/lib/gateway/policy/request';
import type { TypeAndId } from '@/lib/gateway/policy/values/json-value';

/** The shape of what the gateway decides about: agents, tools, endpoints, data, hosts, and a session with labels. */
export const WORLD_SCHEMA = `
type Common = {
  now: datetime, hour: Long, environment: String, source: ipaddr,
  calls: { lastMinute: Long, today: Long }, tokens: Long, cost?: decimal,
  approvals: Set<User>, isBreakGlass: Bool,
  session: { maxClass: Long, isTainted: Bool, hasSentOutside: Bool, opened: datetime },
};
type Arguments = { path?: String, amount?: Long, recipients: Set<String> };

entity AgentGroup in [AgentGroup];
entity User in [AgentGroup] { clearance: Long };
entity Agent in [AgentGroup] {
  owner: User, level: Long, environment: String, isCritical: Bool, home: ipaddr,
  budget: { tokens: Long, cost: decimal }, retires?: datetime,
} tags String;
entity ToolSet in [ToolSet];
entity Tool in [ToolSet] { risk: Long, isDestructive: Bool, isExternal: Bool, schemaHash: String };
entity Endpoint in [ToolSet] {
  jurisdiction: String, nexus: Set<String>, isMultiTenant: Bool, seal: Long, evidenceUntil?: datetime,
};
entity Domain in [Domain];
entity DataSource in [Domain] { class: Long, owner: User };
entity Zone in [Zone];
entity Host in [Zone] { address?: ipaddr };

action outgoing;
action model in [outgoing];
action data;
action chat, embeddings in [model] appliesTo { principal: Agent, resource: Endpoint, context: Common };
action execute_tool in [outgoing] appliesTo {
  principal: Agent, resource: Tool, context: {
    now: datetime, hour: Long, environment: String, source: ipaddr, calls: { lastMinute: Long, today: Long },
    tokens: Long, cost?: decimal, approvals: Set<User>, isBreakGlass: Bool,
    session: { maxClass: Long, isTainted: Bool, hasSentOutside: Bool, opened: datetime }, arguments: Arguments,
  },
};
action data_read, data_write in [data] appliesTo { principal: Agent, resource: DataSource, context: Common };
action egress_connect in [outgoing] appliesTo { principal: Agent, resource: Host, context: Common };
`;

/** What the product itself forbids, for every organisation. */
const GUARDRAILS = [
  'forbid (principal, action, resource) when { principal.hasTag("stopped") && principal.getTag("stopped") == "yes" };',
  'forbid (principal, action, resource) when { principal has retires && context.now >= principal.retires };',
  'forbid (principal, action, resource) when { principal.environment != context.environment };',
  'forbid (principal, action, resource) unless { context.source.isInRange(principal.home) };',
  'forbid (principal, action, resource) when { context.calls.lastMinute > 600 };',
  'forbid (principal, action, resource) when { context has cost && context.cost.greaterThan(principal.budget.cost) };',
  'forbid (principal, action in Action::"model", resource) when { context.tokens > principal.budget.tokens };',
  'forbid (principal, action in Action::"model", resource) when { principal.isCritical && resource.isMultiTenant };',
  'forbid (principal, action in Action::"model", resource) when { principal.isCritical && !(resource has evidenceUntil && resource.evidenceUntil > context.now) };',
  'forbid (principal, action in Action::"model", resource) when { principal.isCritical && (resource.seal < 3 || !resource.nexus.isEmpty()) };',
  'forbid (principal, action == Action::"execute_tool", resource) when { resource.isDestructive && context.session.isTainted && !context.isBreakGlass };',
  'forbid (principal, action == Action::"execute_tool", resource) when { resource.isExternal && context.session.maxClass >= 3 };',
  'forbid (principal, action == Action::"execute_tool", resource) when { resource.risk >= 4 && context.approvals.isEmpty() };',
  'forbid (principal, action == Action::"execute_tool", resource) when { context.approvals.contains(principal.owner) };',
  'forbid (principal, action == Action::"execute_tool", resource) when { context.arguments has path && context.arguments.path like "*/../*" };',
  'forbid (principal, action == Action::"egress_connect", resource) when { context.session.maxClass >= 2 };',
  'forbid (principal, action == Action::"egress_connect", resource) when { resource has address && resource.address.isInRange(ip("10.0.0.0/8")) };',
  'forbid (principal, action == Action::"egress_connect", resource) unless { resource in Zone::"known" };',
  'forbid (principal, action == Action::"data_write", resource) when { context.session.isTainted && resource.class >= 2 };',
  'forbid (principal, action in Action::"data", resource) when { resource.class > principal.level };',
];

/** Rules an organisation makes for its groups, tool sets and domains. */
const ORGANISATION = [
  (n: number) =>
    `permit (principal in AgentGroup::"team-${n}", action in Action::"model", resource in ToolSet::"region-${n % 5}") when { context.session.opened.offset(duration("8h")) > context.now };`,
  (n: number) =>
    `permit (principal in AgentGroup::"team-${n}", action == Action::"execute_tool", resource in ToolSet::"set-${n % 12}") when { context.hour >= 6 && context.hour < 22 };`,
  (n: number) =>
    `permit (principal in AgentGroup::"team-${n}", action == Action::"data_read", resource in Domain::"domain-${n % 9}") when { resource.class <= 2 || resource.owner == principal.owner };`,
  (n: number) =>
    `forbid (principal is Agent in AgentGroup::"team-${n}", action == Action::"execute_tool", resource) when { context.arguments has amount && context.arguments.amount > ${500 + n} };`,
  (n: number) =>
    `forbid (principal in AgentGroup::"team-${n}", action, resource in ToolSet::"set-${n % 12}") when { context.calls.today > ${4_000 + n} };`,
];

/** Rules made for one agent. */
const AGENT = [
  (n: number) =>
    `permit (principal == Agent::"agent-${n}", action == Action::"execute_tool", resource == Tool::"tool-${n % 50}") when { context.tokens < 50000 };`,
  (n: number) =>
    `permit (principal == Agent::"agent-${n}", action in [Action::"data_read", Action::"data_write"], resource in Domain::"domain-${n % 9}");`,
  (n: number) =>
    `permit (principal == Agent::"agent-${n}", action == Action::"egress_connect", resource in Zone::"zone-${n % 7}") when { context.source.isIpv4() };`,
  (n: number) =>
    `forbid (principal == Agent::"agent-${n}", action == Action::"execute_tool", resource) when { context.arguments.recipients.containsAny(["all@example.org", "press-${n}@example.org"]) };`,
];

export interface World {
  readonly sources: PolicySources;
  readonly entities: readonly EntityJson[];
  readonly agents: number;
}

/** A policy set of this many policies: twenty guardrails, a third of the rest the organisation's, the others agents'. */
export function makeWorld(policies: number, random: Random): World {
  const ofOrganisation = Math.round((policies - GUARDRAILS.length) / 3);
  const ofAgents = policies - GUARDRAILS.length - ofOrganisation;
  const agents = Math.ceil(ofAgents / AGENT.length);
  const teams = Math.ceil(ofOrganisation / ORGANISATION.length);
  const texts = [
    ...GUARDRAILS.map((text, n) => [`product-${n}`, text] as const),
    ...Array.from({ length: ofOrganisation }, (_, n) => {
      return [`org-${n}`, ORGANISATION[n % ORGANISATION.length]!(Math.floor(n / ORGANISATION.length))] as const;
    }),
    ...Array.from({ length: ofAgents }, (_, n) => {
      return [`agent-${n}`, AGENT[n % AGENT.length]!(Math.floor(n / AGENT.length))] as const;
    }),
  ];
  return { sources: { policies: Object.fromEntries(texts) }, entities: makeEntities(agents, teams, random), agents };
}

/** A set without any scope, so that every policy has to be evaluated for every request: the worst there is. */
export function unscopedPolicies(count: number): PolicySources {
  const conditions = [
    (n: number) => `context.calls.today > ${9_000 + n} || context.session.isTainted && context.tokens > ${90_000 + n}`,
    (n: number) => `context.hour < 6 && principal.level > ${10 + n} && principal.environment == "test-${n}"`,
    (n: number) => `principal in AgentGroup::"team-${n}" && principal.owner == User::"user-${n}"`,
    (n: number) => `context.approvals.contains(User::"user-${n}") && !context.isBreakGlass`,
  ];
  const forbids = Array.from({ length: count - 1 }, (_, n) => {
    return [`p${n}`, `forbid (principal, action, resource) when { ${conditions[n % 4]!(n)} };`] as const;
  });
  return { policies: Object.fromEntries([['all', 'permit (principal, action, resource);'], ...forbids]) };
}

/** A request as the gateway records it; about every fourth brings an entity nobody knew before. */
export function makeInput(agents: number, random: Random): { request: RequestJson; entities: EntityJson[] } {
  const [action, resource] = random.pick(KINDS)(random);
  const isExecution = action === 'execute_tool';
  const request: RequestJson = {
    principal: uid('Agent', `agent-${random.below(agents)}`),
    action: uid('Action', action),
    resource,
    context: {
      now: extension('datetime', `2026-07-01T${String(random.below(24)).padStart(2, '0')}:30:00.000Z`),
      hour: random.below(24),
      environment: random.chance(0.95) ? 'production' : 'test',
      source: extension('ip', random.chance(0.95) ? `10.1.${random.below(9)}.${random.below(256)}` : '192.0.2.7'),
      calls: { lastMinute: random.below(610), today: random.below(4_200) },
      tokens: random.below(60_000),
      ...(random.chance(0.5) && { cost: extension('decimal', `${random.below(12)}.5000`) }),
      approvals: random.some(USERS, 0.05),
      isBreakGlass: random.chance(0.01),
      session: {
        maxClass: random.below(4),
        isTainted: random.chance(0.2),
        hasSentOutside: random.chance(0.2),
        opened: extension('datetime', '2026-07-01T04:00:00.000Z'),
      },
      ...(isExecution && { arguments: makeArguments(random) }),
    },
  };
  const address = { address: extension('ip', `203.0.113.${random.below(256)}`) };
  const host = {
    uid: resource,
    attrs: address,
    parents: [uid('Zone', 'known'), uid('Zone', `zone-${random.below(7)}`)],
  };
  return { request, entities: action === 'egress_connect' ? [host] : [] };
}

const KINDS: readonly ((random: Random) => readonly [action: string, resource: TypeAndId])[] = [
  (random) => [random.pick(['chat', 'embeddings']), uid('Endpoint', `endpoint-${random.below(20)}`)],
  (random) => ['execute_tool', uid('Tool', `tool-${random.below(50)}`)],
  (random) => [random.pick(['data_read', 'data_write']), uid('DataSource', `source-${random.below(30)}`)],
  (random) => ['egress_connect', uid('Host', `host-${random.below(5_000)}.example.org`)],
];

const USERS = Array.from({ length: 12 }, (_, n) => ({ __entity: { type: 'User', id: `user-${n}` } }));

function makeArguments(random: Random) {
  return {
    ...(random.chance(0.5) && { path: random.pick(['/srv/claims/2026/07.pdf', '/srv/../etc/passwd', 'notes.txt']) }),
    ...(random.chance(0.5) && { amount: random.below(600) }),
    recipients: random.some(['all@example.org', 'claims@example.org', 'dpo@example.org'], 0.3),
  };
}

function makeEntities(agents: number, teams: number, random: Random): EntityJson[] {
  const many = (length: number, make: (n: number) => EntityJson) => Array.from({ length }, (_, n) => make(n));
  const group = (type: string, id: string, ...parents: TypeAndId[]): EntityJson => ({
    uid: uid(type, id),
    attrs: {},
    parents,
  });
  return [
    ...many(agents, (n) => makeAgent(n, teams, random)),
    ...many(teams, (n) => group('AgentGroup', `team-${n}`, uid('AgentGroup', `unit-${n % 6}`))),
    ...many(6, (n) => group('AgentGroup', `unit-${n}`, uid('AgentGroup', 'everyone'))),
    ...many(12, (n) => ({ uid: uid('User', `user-${n}`), attrs: { clearance: n % 4 }, parents: [] })),
    ...many(50, (n) => ({
      uid: uid('Tool', `tool-${n}`),
      attrs: { risk: n % 5, isDestructive: n % 4 === 0, isExternal: n % 3 === 0, schemaHash: `sha256-${n}` },
      parents: [uid('ToolSet', `set-${n % 12}`)],
    })),
    ...many(12, (n) => group('ToolSet', `set-${n}`, uid('ToolSet', 'tools'))),
    ...many(20, makeEndpoint),
    ...many(30, (n) => ({
      uid: uid('DataSource', `source-${n}`),
      attrs: { class: n % 4, owner: USERS[n % 12]! },
      parents: [uid('Domain', `domain-${n % 9}`)],
    })),
    ...many(9, (n) => group('Domain', `domain-${n}`, uid('Domain', 'data'))),
  ];
}

function makeAgent(n: number, teams: number, random: Random): EntityJson {
  return {
    uid: uid('Agent', `agent-${n}`),
    attrs: {
      owner: USERS[n % 12]!,
      level: 1 + (n % 4),
      environment: 'production',
      isCritical: n % 3 === 0,
      home: extension('ip', '10.1.0.0/16'),
      budget: { tokens: 55_000, cost: extension('decimal', '10.0') },
      ...(n % 10 === 0 && { retires: extension('datetime', '2026-12-31') }),
    },
    parents: [0, 1, 2].map(() => uid('AgentGroup', `team-${random.below(teams)}`)),
    tags: { owner: `user-${n % 12}`, ...(n % 40 === 0 && { stopped: 'yes' }) },
  };
}

function makeEndpoint(n: number): EntityJson {
  return {
    uid: uid('Endpoint', `endpoint-${n}`),
    attrs: {
      jurisdiction: n % 3 === 0 ? 'US' : 'EU',
      nexus: n % 3 === 0 ? ['cloud-act'] : [],
      isMultiTenant: n % 4 === 0,
      seal: n % 5,
      ...(n % 5 !== 0 && { evidenceUntil: extension('datetime', '2026-10-01') }),
    },
    parents: [uid('ToolSet', `region-${n % 5}`)],
  };
}

function uid(type: string, id: string): TypeAndId {
  return { type, id };
}

function extension(fn: string, arg: string) {
  return { __extn: { fn, arg } };
}
