import { afterAll, describe, expect, it } from 'vitest';
import { Cedar, type CedarVerdict, type PolicySources } from './cedar/cedar';
import { compilePolicySet } from './compile/policy-set';
import { authorise, decide, decideInput, withProductRule } from './decide';
import { type EntityJson, EntityStore } from './entity-store';
import { actionEntities } from './language/schema';
import { parseRequest, type RequestJson } from './request';

const agent = (id: string) => ({ type: 'Agent', id });
const team = (id: string) => ({ type: 'Team', id });
const request = (overrides: Partial<RequestJson> = {}): RequestJson => ({
  principal: agent('anna'),
  action: { type: 'Action', id: 'send' },
  resource: { type: 'Tool', id: 'mail' },
  context: { hour: 10 },
  ...overrides,
});

const ENTITIES: EntityJson[] = [
  { uid: agent('anna'), attrs: {}, parents: [{ type: 'Team', id: 'sales' }] },
  { uid: { type: 'Team', id: 'sales' }, attrs: {}, parents: [{ type: 'Team', id: 'europe' }] },
  { uid: { type: 'Tool', id: 'mail' }, attrs: {}, parents: [{ type: 'ToolSet', id: 'office' }] },
  { uid: { type: 'Action', id: 'send' }, attrs: {}, parents: [{ type: 'Action', id: 'outgoing' }] },
];

const PERMIT = 'permit (principal, action, resource);';
const FORBID = 'forbid (principal, action, resource);';
const BROKEN_PERMIT = 'permit (principal, action, resource) when { context.missing };';
const BROKEN_FORBID = 'forbid (principal, action, resource) when { context.missing };';

describe('deciding', () => {
  const cedar = new Cedar();
  afterAll(() => cedar.close());

  async function compiled(sources: PolicySources) {
    const parsed = await cedar.parse(sources);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return compilePolicySet(parsed.value);
  }

  async function answers(sources: PolicySources, asked: RequestJson = request()) {
    const [verdict] = await cedar.authorise(sources, [{ request: asked, entities: ENTITIES }]);
    const ours = authorise(await compiled(sources), parseRequest(asked), EntityStore.fromJson(ENTITIES));
    if (!verdict?.ok) throw new Error(JSON.stringify(verdict));
    // Cedar lists policies in no particular order.
    const comparable = ({ decision, determining, errors }: CedarVerdict) => ({
      decision,
      determining: determining.toSorted(),
      errors: errors.map(({ policyId }) => policyId).toSorted(),
    });
    expect(comparable(ours)).toEqual(comparable(verdict.value));
    return ours;
  }

  it('denies when nothing permits, and says that no policy determined it', async () => {
    const answer = await answers({ policies: {} });
    expect(answer).toEqual({ decision: 'deny', determining: [], errors: [] });
    expect(withProductRule(answer)).toEqual({ effect: 'deny', basis: 'not-permitted', policyIds: [], errors: [] });
  });

  it('allows when a policy permits and names it', async () => {
    const answer = await answers({ policies: { yes: PERMIT } });
    expect(answer).toEqual({ decision: 'allow', determining: ['yes'], errors: [] });
    expect(withProductRule(answer)).toEqual({ effect: 'allow', basis: 'permitted', policyIds: ['yes'], errors: [] });
  });

  it('lets a forbid override every permit and names only the forbids', async () => {
    const answer = await answers({ policies: { yes: PERMIT, no: FORBID, never: FORBID } });
    expect(answer.decision).toBe('deny');
    expect(answer.determining).toEqual(['no', 'never']);
    expect(withProductRule(answer).basis).toBe('forbidden');
  });

  it('reports an erroneous policy as Cedar does, and denies where Cedar would go on', async () => {
    const policies = await compiled({ policies: { yes: PERMIT, broken: BROKEN_FORBID } });
    const answer = await answers({ policies: { yes: PERMIT, broken: BROKEN_FORBID } });
    expect(answer.decision).toBe('allow');
    expect(answer.determining).toEqual(['yes']);
    expect(decide(policies, parseRequest(request()), EntityStore.fromJson(ENTITIES))).toEqual({
      effect: 'deny',
      basis: 'policy-error',
      policyIds: ['broken'],
      errors: [
        { policyId: 'broken', code: 'missing-attribute', message: 'record does not have the attribute `missing`' },
      ],
    });
  });

  it('denies for an error in a permit as well, although another policy permits', async () => {
    const answer = await answers({ policies: { yes: PERMIT, broken: BROKEN_PERMIT } });
    expect(withProductRule(answer)).toMatchObject({ effect: 'deny', basis: 'policy-error', policyIds: ['broken'] });
  });

  it('names the forbids, not the errors, as the basis when both are there', async () => {
    const answer = await answers({ policies: { no: FORBID, broken: BROKEN_FORBID } });
    expect(withProductRule(answer)).toMatchObject({ effect: 'deny', basis: 'forbidden', policyIds: ['no'] });
    expect(withProductRule(answer).errors).toHaveLength(1);
  });

  it('never evaluates a policy whose scope is about another request', async () => {
    const elsewhere = 'forbid (principal == Agent::"bob", action, resource) when { context.missing };';
    const answer = await answers({ policies: { yes: PERMIT, elsewhere } });
    expect(answer).toEqual({ decision: 'allow', determining: ['yes'], errors: [] });
  });

  it('treats a fault of its own in a policy as an error of that policy', async () => {
    const policies = await compiled({ policies: { yes: PERMIT } });
    const [policy] = policies.policies;
    const fault = () => {
      throw new RangeError('stack exhausted');
    };
    const faulty = { ...policy!, policyId: 'faulty', condition: fault };
    policies.index.add(faulty.scope, faulty);
    const decision = decide(policies, parseRequest(request()), EntityStore.EMPTY);
    expect(decision).toMatchObject({ effect: 'deny', basis: 'policy-error', policyIds: ['faulty'] });
    expect(decision.errors[0]).toMatchObject({ code: 'internal', message: 'RangeError: stack exhausted' });
  });

  describe('scopes', () => {
    const matching = [
      'principal == Agent::"anna", action, resource',
      'principal in Agent::"anna", action, resource',
      'principal in Team::"sales", action, resource',
      'principal in Team::"europe", action, resource',
      'principal is Agent, action, resource',
      'principal is Agent in Team::"europe", action, resource',
      'principal is Agent in Agent::"anna", action, resource',
      'principal, action == Action::"send", resource',
      'principal, action in Action::"send", resource',
      'principal, action in Action::"outgoing", resource',
      'principal, action in [Action::"read", Action::"outgoing", Action::"send"], resource',
      'principal, action, resource == Tool::"mail"',
      'principal, action, resource in ToolSet::"office"',
      'principal, action, resource is Tool in ToolSet::"office"',
      'principal is Agent, action == Action::"send", resource in ToolSet::"office"',
    ];
    const other = [
      'principal == Agent::"bob", action, resource',
      'principal == Team::"sales", action, resource',
      'principal in Team::"asia", action, resource',
      'principal is Team, action, resource',
      'principal is Team in Team::"europe", action, resource',
      'principal is Agent in Team::"asia", action, resource',
      'principal, action == Action::"outgoing", resource',
      'principal, action in Action::"incoming", resource',
      'principal, action in [], resource',
      'principal, action in [Action::"read"], resource',
      'principal, action, resource == Tool::"chat"',
      'principal, action, resource in ToolSet::"lab"',
      'principal == Agent::"anna", action == Action::"read", resource == Tool::"mail"',
    ];

    it.each(matching)('(%s) is about the request', async (scope) => {
      expect((await answers({ policies: { p: `permit (${scope});` } })).determining).toEqual(['p']);
    });

    it.each(other)('(%s) is about another request', async (scope) => {
      expect((await answers({ policies: { p: `permit (${scope});` } })).determining).toEqual([]);
    });

    it('counts a policy once that lists several matching actions', async () => {
      const scope = 'principal, action in [Action::"outgoing", Action::"send"], resource';
      const broken = `permit (${scope}) when { context.missing };`;
      const answer = await answers({ policies: { p: `permit (${scope});`, broken } });
      expect(answer.determining).toEqual(['p']);
      expect(answer.errors).toHaveLength(1);
    });
  });

  describe('conditions', () => {
    it.each([
      ['when { true } when { true }', 'allow', 0],
      ['when { true } when { false }', 'deny', 0],
      ['unless { false }', 'allow', 0],
      ['unless { true }', 'deny', 0],
      ['when { false } when { context.missing }', 'deny', 0],
      ['unless { true } when { context.missing }', 'deny', 0],
      ['when { true } unless { context.missing }', 'deny', 1],
      ['when { context.missing } when { false }', 'deny', 1],
      ['unless { 1 }', 'deny', 1],
      ['when { true } unless { false } when { context.hour == 10 } unless { context.hour == 11 }', 'allow', 0],
    ])('%s → %s with %i errors', async (conditions, decision, errors) => {
      const answer = await answers({ policies: { p: `permit (principal, action, resource) ${conditions};` } });
      expect([answer.decision, answer.errors.length]).toEqual([decision, errors]);
    });
  });

  describe('templates', () => {
    const template = 'permit (principal == ?principal, action, resource is Tool in ?resource);';
    const link = (newId: string, principal: string, toolSet: string) => ({
      templateId: 't',
      newId,
      values: { '?principal': agent(principal), '?resource': { type: 'ToolSet', id: toolSet } },
    });

    it('hold for the entities of each link, under the id of the link', async () => {
      const links = [link('one', 'anna', 'office'), link('two', 'bob', 'office'), link('three', 'anna', 'lab')];
      expect((await answers({ policies: {}, templates: { t: template }, links })).determining).toEqual(['one']);
    });

    it.each([
      ['principal == ?principal, action, resource', ['anna']],
      ['principal in ?principal, action, resource', ['anna', 'sales', 'europe']],
      ['principal is Agent in ?principal, action, resource', ['anna', 'sales', 'europe']],
      ['principal is Team in ?principal, action, resource', []],
    ])('(%s) holds for a slot filled with %j', async (scope, holding) => {
      const entities = {
        anna: agent('anna'),
        bob: agent('bob'),
        sales: team('sales'),
        europe: team('europe'),
        asia: team('asia'),
      };
      const links = Object.entries(entities).map(([newId, entity]) => ({
        templateId: 't',
        newId,
        values: { '?principal': entity },
      }));
      const answer = await answers({ policies: {}, templates: { t: `permit (${scope});` }, links });
      expect(answer.determining.toSorted()).toEqual(holding.toSorted());
    });

    it('without links permit nothing', async () => {
      expect((await answers({ policies: {}, templates: { t: template } })).decision).toBe('deny');
    });
  });

  it('knows the action groups of a schema as Cedar does', async () => {
    const answer = await cedar.schemaToJson(
      'namespace N { entity A; action all; action some in all; action one in [some] appliesTo { principal: A, resource: A }; }',
    );
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
    const actions = actionEntities(answer.value);
    const store = EntityStore.fromJson(actions);
    expect(store.ancestorsOf('N::Action::"one"')).toEqual(new Set(['N::Action::"some"', 'N::Action::"all"']));
    const policies = {
      all: 'permit (principal, action in N::Action::"all", resource);',
      some: 'permit (principal, action in [N::Action::"some"], resource);',
      condition: 'permit (principal, action, resource) when { action in N::Action::"all" };',
      exact: 'permit (principal, action == N::Action::"all", resource);',
    };
    const uid = { type: 'N::A', id: 'a' };
    const asked = { principal: uid, action: { type: 'N::Action', id: 'one' }, resource: uid, context: {} };
    const [verdict] = await cedar.authorise({ policies }, [{ request: asked, entities: actions }]);
    const ours = authorise(await compiled({ policies }), parseRequest(asked), store);
    expect(ours.determining.toSorted()).toEqual(['all', 'condition', 'some']);
    expect(verdict?.ok && verdict.value.determining.toSorted()).toEqual(['all', 'condition', 'some']);
  });

  describe('unparsed input', () => {
    it('is decided over the base entities with its own laid on top', async () => {
      const policies = await compiled({
        policies: { p: 'permit (principal in Team::"europe", action, resource) when { principal.level > 3 };' },
      });
      const base = EntityStore.fromJson(ENTITIES);
      const anna = { uid: agent('anna'), attrs: { level: 4 }, parents: [{ type: 'Team', id: 'sales' }] };
      expect(decideInput(policies, { request: request(), entities: [anna] }, base).effect).toBe('allow');
      expect(decideInput(policies, { request: request() }, base).basis).toBe('policy-error');
      expect(decideInput(policies, { request: request(), entities: [anna] }).basis).toBe('not-permitted');
      expect(decideInput(policies, { request: request(), entities: [] }, base).basis).toBe('policy-error');
    });

    it.each([
      ['a context that is an entity', { request: request({ context: { __entity: agent('anna') } }) }],
      ['a context that is an address', { request: request({ context: { __extn: { fn: 'ip', arg: '::' } } }) }],
    ])('is denied where Cedar refuses it too: %s', async (_, input) => {
      const policies = await compiled({ policies: { yes: PERMIT } });
      const [verdict] = await cedar.authorise({ policies: { yes: PERMIT } }, [{ ...input, entities: [] }]);
      expect(verdict?.ok).toBe(false);
      expect(decideInput(policies, input)).toMatchObject({ basis: 'invalid-input', problem: 'a context is a record' });
    });

    it.each([
      ['null in the context', { request: request({ context: { x: null as never } }) }],
      ['no principal', { request: request({ principal: undefined as never }) }],
      ['an entity twice', { request: request(), entities: [ENTITIES[0]!, ENTITIES[0]!] }],
      ['a request that is missing', { request: undefined as never }],
      ['entities that are no list', { request: request(), entities: { length: 1 } as never }],
    ])('is denied when unreadable: %s', async (_, input) => {
      const policies = await compiled({ policies: { yes: PERMIT } });
      const decision = decideInput(policies, input);
      expect(decision).toMatchObject({ effect: 'deny', basis: 'invalid-input', policyIds: [], errors: [] });
      expect(decision.problem).not.toBe('');
    });
  });
});
