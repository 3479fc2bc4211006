import { afterAll, describe, expect, it } from 'vitest';
import { Cedar } from '../cedar/cedar';
import { compilePolicySet } from '../compile/policy-set';
import { type EntityJson, EntityStore } from '../entity-store';
import type { TemplateLink } from '../language/expression';
import { parseRequest, type RequestJson } from '../request';
import type { JsonRecord, JsonValue } from '../values/json-value';
import { explain } from './explain';

const uid = (type: string, id: string) => ({ type, id });
const entity = (type: string, id: string) => ({ __entity: uid(type, id) });
const extension = (fn: string, arg: string) => ({ __extn: { fn, arg } });

const REQUEST: RequestJson = {
  principal: uid('Agent', 'anna'),
  action: uid('Action', 'send'),
  resource: uid('Tool', 'mail'),
  context: {
    hour: 20,
    risk: 3,
    flag: false,
    labels: ['public'],
    text: 'draft',
    who: entity('User', 'max'),
    from: extension('ip', '10.0.0.1'),
    price: extension('decimal', '5.0'),
    now: extension('datetime', '2026-07-01T12:00:00Z'),
    wait: extension('duration', '2h'),
    nested: { deep: { n: 1 } },
  },
};

const ENTITIES: EntityJson[] = [
  {
    uid: uid('Agent', 'anna'),
    attrs: { level: 2, owner: entity('User', 'max') },
    parents: [uid('Team', 'sales')],
    tags: { tier: 'basic' },
  },
  { uid: uid('Team', 'sales'), attrs: {}, parents: [uid('Team', 'europe')] },
  { uid: uid('User', 'max'), attrs: { clearance: 1 }, parents: [] },
];

describe('explaining a decision', () => {
  const cedar = new Cedar();
  afterAll(() => cedar.close());

  async function explained(
    policies: Record<string, string>,
    {
      context = {},
      entities = ENTITIES,
      templates = {},
      links = [],
    }: Partial<{
      context: JsonRecord;
      entities: EntityJson[];
      templates: Record<string, string>;
      links: TemplateLink[];
    }> = {},
  ) {
    const parsed = await cedar.parse({ policies, templates, links });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const request = parseRequest({ ...REQUEST, context: { ...REQUEST.context, ...context } });
    return explain(compilePolicySet(parsed.value), request, EntityStore.fromJson(entities));
  }

  /** The flip of one condition of a single permit, as `input: from → to`. */
  async function flipOf(condition: string, effect: 'permit' | 'forbid' = 'permit') {
    const policies = { p: `${effect} (principal, action, resource) when { ${condition} };` };
    const { flip } = await explained(
      effect === 'permit' ? policies : { ...policies, all: 'permit (principal, action, resource);' },
    );
    return flip.changes?.map(({ input, from, to }) => `${input}: ${show(from)} → ${show(to)}`);
  }

  it('tells which policies were about the request, which held and what was not met', async () => {
    const explanation = await explained({
      holds: 'permit (principal, action, resource) when { context.hour > 8 } unless { context.flag };',
      late: 'permit (principal, action, resource) when { context.risk < 5 && context.hour < 18 && context.flag };',
      guarded: 'forbid (principal, action, resource) when { true } unless { context.hour > 8 };',
      broken: 'forbid (principal, action, resource) when { context.risk == 3 && context.missing > 1 };',
      other: 'permit (principal == Agent::"bob", action, resource);',
    });
    expect(explanation.decision).toMatchObject({ effect: 'deny', basis: 'policy-error', policyIds: ['broken'] });
    expect(explanation.outOfScope).toBe(1);
    expect(explanation.policies).toEqual([
      { policyId: 'holds', effect: 'permit', outcome: 'holds' },
      { policyId: 'late', effect: 'permit', outcome: 'does-not-hold', unmet: 'context.hour < 18' },
      { policyId: 'guarded', effect: 'forbid', outcome: 'does-not-hold', unmet: 'unless context.hour > 8' },
      {
        policyId: 'broken',
        effect: 'forbid',
        outcome: 'error',
        problem: 'context.missing > 1: record does not have the attribute `missing`',
      },
    ]);
  });

  it('lists the inputs that were read, in order, and not those that were skipped', async () => {
    const { inputs } = await explained({
      p: `permit (principal, action, resource) when {
        context.flag || principal.owner.clearance > 0 && context has nested.deep.n &&
        (if context.risk > 5 then context.hour > 1 else principal in Team::"europe") &&
        principal.getTag("tier") == "basic" && context.absent == 1 && context.text == "never read"
      };`,
    });
    expect(inputs).toStrictEqual([
      { input: 'context.flag', value: false },
      { input: 'principal.owner.clearance', value: 1 },
      { input: 'context has nested.deep.n', value: true },
      { input: 'context.risk', value: 3 },
      { input: 'principal in Team::"europe"', value: true },
      { input: 'principal.getTag("tier")', value: 'basic' },
      { input: 'context.absent' },
    ]);
  });

  it('reads no clause after one that is not met, and each input once', async () => {
    const { inputs } = await explained({
      p: 'permit (principal, action, resource) when { context.hour < 8 } when { context.text == "x" };',
      q: 'permit (principal, action, resource) unless { context.hour > 8 } when { context.risk == 1 };',
      r: 'permit (principal, action, resource) when { context.wait > duration("1h") && principal == Agent::"bob" };',
      s: 'permit (principal, action, resource) when { (if context.flag then principal else resource).x.y == 1 };',
      t: 'permit (principal, action, resource) when { context.missing.hasTag(context.text) };',
    });
    expect(inputs.map(({ input }) => input)).toEqual([
      'context.hour',
      'context.wait',
      'principal',
      'context.flag',
      'resource',
      '(if context.flag then principal else resource).x.y',
      'context.missing',
    ]);
  });

  it.each([
    ['context.flag && context.hour > 1', ['context.flag']],
    ['!context.flag || context.hour > 1', ['context.flag']],
    ['(if context.hour > 1 then context.risk else context.text) == 3', ['context.hour', 'context.risk']],
    ['context.text + 1 == 2 && context.hour > 1', ['context.text']],
    ['(if context.missing then principal else resource).x == 1', ['context.missing']],
    ['context.text == "draft" && resource.x == 1', ['context.text', 'resource.x']],
    ['principal.hasTag("tier") && principal is Agent', ['principal.hasTag("tier")', 'principal is Agent']],
  ])('reads of %s only %j', async (condition, expected) => {
    const { inputs } = await explained({ p: `permit (principal, action, resource) when { ${condition} };` });
    expect(inputs.map(({ input }) => input)).toEqual(expected);
  });

  it('shows what is not met in the clause where it is, and a clause of unless as a whole', async () => {
    const { policies, inputs } = await explained({
      second: 'permit (principal, action, resource) when { context.risk == 3 } when { context.text == "final" };',
      whole: 'permit (principal, action, resource) unless { context.hour > 8 && context.risk < 5 };',
    });
    expect(policies.map(({ unmet }) => unmet)).toEqual([
      'context.text == "final"',
      'unless context.hour > 8 && context.risk < 5',
    ]);
    expect(inputs.map(({ input }) => input)).toEqual(['context.risk', 'context.text', 'context.hour']);
  });

  describe('finds the smallest change that flips it', () => {
    it.each([
      ['context.hour < 18', ['context.hour: 20 → 17']],
      ['context.hour <= 18', ['context.hour: 20 → 18']],
      ['context.hour > 20', ['context.hour: 20 → 21']],
      ['context.hour >= 21', ['context.hour: 20 → 21']],
      ['18 > context.hour', ['context.hour: 20 → 17']],
      ['!(context.hour >= 18)', ['context.hour: 20 → 17']],
      ['context.hour == 7', ['context.hour: 20 → 7']],
      ['context.hour != 20', ['context.hour: 20 → 21']],
      ['context.flag', ['context.flag: false → true']],
      ['context.flag == true', ['context.flag: false → true']],
      ['(context.hour < 18) == true', ['context.hour: 20 → 17']],
      ['context.text == "final"', ['context.text: "draft" → "final"']],
      ['context.text like "final*"', ['context.text: "draft" → "final"']],
      ['!(context.text like "d*")', ['context.text: "draft" → ""']],
      ['context.hour + 5 < 10', ['context.hour: 20 → 4']],
      ['5 - context.hour > 0', ['context.hour: 20 → 4']],
      ['context.hour * 3 < 10', ['context.hour: 20 → 3']],
      ['-context.hour > -5', ['context.hour: 20 → 4']],
      ['context.hour < context.risk', ['context.hour: 20 → 2']],
      ['context.nested.deep.n == 2', ['context.nested.deep.n: 1 → 2']],
      ['context.absent == 2', ['context.absent: nothing → 2']],
      ['resource.level == 1', ['Tool::"mail".level: nothing → 1']],
      ['context has absent', ['context.absent: nothing → true']],
      ['context has absent && context.absent == 2', ['context.absent: nothing → 2']],
      ['context has a.b && context.a.b > 4', ['context.a.b: nothing → 5']],
      ['!(context has nested.deep)', ['context.nested: {"deep":{"n":1}} → nothing']],
      ['context.labels.contains("secret")', ['context.labels: ["public"] → ["public","secret"]']],
      ['!context.labels.contains("public")', ['context.labels: ["public"] → []']],
      ['context.labels.containsAll(["a", "public"])', ['context.labels: ["public"] → ["public","a"]']],
      ['context.labels.containsAny(["a", "b"])', ['context.labels: ["public"] → ["public","a"]']],
      ['!context.labels.containsAny(["public", "b"])', ['context.labels: ["public"] → []']],
      ['context.labels.isEmpty()', ['context.labels: ["public"] → []']],
      ['["a", "b"].contains(context.text)', ['context.text: "draft" → "a"']],
      ['principal.level >= 3', ['Agent::"anna".level: 2 → 3']],
      ['principal.owner.clearance > 4', ['User::"max".clearance: 1 → 5']],
      ['context.who == User::"eva"', ['context.who: User::"max" → User::"eva"']],
      ['principal.getTag("tier") == "gold"', ['Agent::"anna".getTag("tier"): "basic" → "gold"']],
      ['principal.hasTag("cleared")', ['Agent::"anna".getTag("cleared"): nothing → true']],
      ['!principal.hasTag("tier")', ['Agent::"anna".getTag("tier"): "basic" → nothing']],
      ['principal in Team::"asia"', ['Agent::"anna" in Team::"asia": false → true']],
      ['!(principal in Team::"europe")', ['Agent::"anna" in Team::"europe": true → false']],
      ['resource in [Set::"a", Set::"b"]', ['Tool::"mail" in Set::"a": false → true']],
      ['context.from.isInRange(ip("192.168.0.0/16"))', ['context.from: 10.0.0.1 → 192.168.0.0']],
      ['!context.from.isInRange(ip("10.0.0.0/8"))', ['context.from: 10.0.0.1 → 11.0.0.0']],
      ['context.from.isLoopback()', ['context.from: 10.0.0.1 → 127.0.0.1']],
      ['context.price.lessThan(decimal("2.5"))', ['context.price: 5.0000 → 2.4999']],
      ['context.price.greaterThanOrEqual(decimal("7.0"))', ['context.price: 5.0000 → 7.0000']],
      ['context.now < datetime("2026-01-01")', ['context.now: 2026-07-01T12:00:00.000Z → 2025-12-31T23:59:59.999Z']],
      ['context.now.toTime() < duration("12h")', undefined],
      [
        'context.now.toDate() == datetime("2026-07-02")',
        ['context.now: 2026-07-01T12:00:00.000Z → 2026-07-02T00:00:00.000Z'],
      ],
      [
        'context.now.toDate() > datetime("2026-07-01")',
        ['context.now: 2026-07-01T12:00:00.000Z → 2026-07-02T00:00:00.000Z'],
      ],
      [
        'context.now.toDate() < datetime("2026-06-01")',
        ['context.now: 2026-07-01T12:00:00.000Z → 2026-05-31T23:59:59.999Z'],
      ],
      [
        'context.now.offset(duration("1h")) > datetime("2027-01-01")',
        ['context.now: 2026-07-01T12:00:00.000Z → 2026-12-31T23:00:00.001Z'],
      ],
      [
        'datetime("2026-07-02").durationSince(context.now) <= duration("1h")',
        ['context.now: 2026-07-01T12:00:00.000Z → 2026-07-01T23:00:00.000Z'],
      ],
      ['context.wait.toMinutes() < 30', ['context.wait: 7200000ms → 1740000ms']],
      ['context.wait <= duration("1h")', ['context.wait: 7200000ms → 3600000ms']],
      ['if context.flag then context.hour < 30 else context.hour < 18', ['context.flag: false → true']],
      ['context.flag && context.hour < 18', ['context.flag: false → true', 'context.hour: 20 → 17']],
      ['context.flag && context.hour < 18 || context.risk == 4', ['context.risk: 3 → 4']],
      ['2 * context.risk == 8', ['context.risk: 3 → 4']],
      ['context.hour * 0 == 5', undefined],
      ['context.hour * 3 > 65', ['context.hour: 20 → 22']],
      ['context.hour * 3 > 66', ['context.hour: 20 → 23']],
      ['context.hour * -3 < -67', ['context.hour: 20 → 23']],
      ['7 < context.risk * 2', ['context.risk: 3 → 4']],
      ['context.hour - context.risk > 20', ['context.hour: 20 → 24']],
      ['context.hour == context.risk', ['context.hour: 20 → 3']],
      ['30 - context.risk * 2 - 4 <= 0', ['context.risk: 3 → 13']],
      ['context.text != "draft"', ['context.text: "draft" → "draft-other"']],
      ['context.who != User::"max"', ['context.who: User::"max" → User::"max-other"']],
      ['context.from != ip("10.0.0.1")', ['context.from: 10.0.0.1 → 10.0.0.2']],
      ['context.price != decimal("5.0")', ['context.price: 5.0000 → 5.0001']],
      ['context.price.lessThanOrEqual(decimal("4.0"))', ['context.price: 5.0000 → 4.0000']],
      ['context.price.greaterThan(decimal("7.0"))', ['context.price: 5.0000 → 7.0001']],
      ['decimal("7.0").lessThan(context.price)', ['context.price: 5.0000 → 7.0001']],
      [
        'context.now != datetime("2026-07-01T12:00:00Z")',
        ['context.now: 2026-07-01T12:00:00.000Z → 2026-07-01T12:00:00.001Z'],
      ],
      ['context.wait != duration("2h")', ['context.wait: 7200000ms → 7200001ms']],
      ['context.wait.toMilliseconds() < 10', ['context.wait: 7200000ms → 9ms']],
      ['context.wait.toSeconds() == 60', ['context.wait: 7200000ms → 60000ms']],
      ['context.wait.toHours() == 5', ['context.wait: 7200000ms → 18000000ms']],
      ['context.wait.toDays() >= 1', ['context.wait: 7200000ms → 86400000ms']],
      [
        'context.now.durationSince(datetime("2026-06-01")) < duration("1d")',
        ['context.now: 2026-07-01T12:00:00.000Z → 2026-06-01T23:59:59.999Z'],
      ],
      [
        'datetime("2026-07-01").offset(context.wait) >= datetime("2026-07-02")',
        ['context.wait: 7200000ms → 86400000ms'],
      ],
      ['context.from.isIpv6()', ['context.from: 10.0.0.1 → 2001:db8:0:0:0:0:0:0']],
      ['!context.from.isIpv4()', ['context.from: 10.0.0.1 → 2001:db8:0:0:0:0:0:0']],
      ['context.from.isMulticast()', ['context.from: 10.0.0.1 → 224.0.0.1']],
      ['!context.from.isInRange(ip("0.0.0.0/0"))', undefined],
      ['!context.from.isInRange(ip("10.0.0.1"))', ['context.from: 10.0.0.1 → 10.0.0.2']],
      ['context.labels.contains(context.text)', ['context.labels: ["public"] → ["public","draft"]']],
      ['!["draft", "x"].contains(context.text)', ['context.text: "draft" → "draft-other"']],
      ['context.labels == ["a"]', ['context.labels: ["public"] → ["a"]']],
      ['context.labels != ["public"]', ['context.labels: ["public"] → []']],
      ['["a"].containsAll(context.labels)', ['context.labels: ["public"] → []']],
      ['context.labels.containsAll(["public"]) == false', ['context.labels: ["public"] → []']],
      ['!context.labels.containsAll(["public", "public"])', ['context.labels: ["public"] → []']],
      ['principal.owner.clearance == context.risk', ['User::"max".clearance: 1 → 3']],
      ['principal.getTag("tier") like "g*"', ['Agent::"anna".getTag("tier"): "basic" → "g"']],
      ['principal.getTag("seat") == 4', ['Agent::"anna".getTag("seat"): nothing → 4']],
      ['principal.hasTag("tier") == false', ['Agent::"anna".getTag("tier"): "basic" → nothing']],
      ['context["odd name"] == 1', ['context["odd name"]: nothing → 1']],
      ['(if context.flag then 1 else context.risk) == 7', ['context.risk: 3 → 7']],
      ['context has nested.deep.x', ['context.nested.deep.x: nothing → true']],
      ['context.nested == {"deep": {"n": 2}}', ['context.nested: {"deep":{"n":1}} → {"deep":{"n":2}}']],
      ['context.missing.deep.n == 1', ['context.missing.deep.n: nothing → 1']],
      ['principal is Agent in Team::"asia"', ['Agent::"anna" in Team::"asia": false → true']],
      ['principal in [Team::"europe"] && principal in Team::"asia"', ['Agent::"anna" in Team::"asia": false → true']],
      ['!(principal in [Team::"sales", Team::"europe"])', ['Agent::"anna" in Team::"sales": true → false']],
      ['!(context.text like "*")', undefined],
      ['!(context.text like "draft")', ['context.text: "draft" → ""']],
      ['context.text like "*.pdf"', ['context.text: "draft" → ".pdf"']],
      ['ip("::", context.text).isIpv4()', undefined],
      ['ip(context.text, "::") == ip("::1")', undefined],
      ['false', undefined],
      ['principal is Team', undefined],
      ['context.hour < -9223372036854775808', undefined],
    ])('to allow: %s', async (condition, changes) => {
      expect((await flipOf(condition))?.toSorted()).toEqual(changes);
    });

    it.each([
      ['context.hour > 18', ['context.hour: 20 → 18']],
      ['context.hour >= 20', ['context.hour: 20 → 19']],
      ['context.hour < 30', ['context.hour: 20 → 30']],
      ['context.hour <= 30', ['context.hour: 20 → 31']],
      ['context.hour == 20', ['context.hour: 20 → 21']],
      ['context.hour != 7', ['context.hour: 20 → 7']],
      ['!context.flag', ['context.flag: false → true']],
      ['context.text like "d*"', ['context.text: "draft" → ""']],
      ['context.text like "*"', undefined],
      ['context.risk < 5 && context.text == "draft"', ['context.risk: 3 → 5']],
      ['context.risk < 5 || context.hour > 18', ['context.hour: 20 → 18', 'context.risk: 3 → 5']],
      ['context.labels.contains("public")', ['context.labels: ["public"] → []']],
      ['context.labels.containsAny(["public"])', ['context.labels: ["public"] → []']],
      ['context.labels.isEmpty() == false', ['context.labels: ["public"] → []']],
      ['context has text', ['context.text: "draft" → nothing']],
      ['context has nested.deep', ['context.nested: {"deep":{"n":1}} → nothing']],
      ['principal.hasTag("tier")', ['Agent::"anna".getTag("tier"): "basic" → nothing']],
      ['principal is Agent in Team::"sales"', ['Agent::"anna" in Team::"sales": true → false']],
      ['if context.flag then false else context.hour > 1', ['context.flag: false → true']],
      ['context.price.greaterThanOrEqual(decimal("5.0"))', ['context.price: 5.0000 → 4.9999']],
      ['context.from.isIpv4()', ['context.from: 10.0.0.1 → 2001:db8:0:0:0:0:0:0']],
      ['context.now > datetime("2026-01-01")', ['context.now: 2026-07-01T12:00:00.000Z → 2026-01-01T00:00:00.000Z']],
      ['principal is Agent', undefined],
      ['true', undefined],
    ])('to allow what is forbidden when %s', async (condition, changes) => {
      expect((await flipOf(condition, 'forbid'))?.toSorted()).toEqual(changes);
    });

    it('to deny, by whatever of all policies needs least', async () => {
      const { flip, decision } = await explained({
        p: 'permit (principal, action, resource) when { context.hour > 8 && context.risk < 5 };',
        q: 'permit (principal, action, resource) when { context.text == "draft" };',
        no: 'forbid (principal, action, resource) when { context.flag && context.text == "x" };',
        never: 'forbid (principal, action, resource) when { context.risk > 7 };',
      });
      expect(decision.effect).toBe('allow');
      expect(flip).toEqual({
        effect: 'deny',
        changes: [{ input: 'context.risk', from: 3, to: 8, isExample: false }],
        isMinimal: true,
      });
    });

    it('by taking every permit away when nothing forbids', async () => {
      const { flip } = await explained({
        p: 'permit (principal, action, resource) when { context.hour > 8 };',
        q: 'permit (principal in Team::"sales", action, resource);',
      });
      expect(new Map(flip.changes?.map(({ input, to }) => [input, to]))).toEqual(
        new Map<string, unknown>([
          ['Agent::"anna" in Team::"sales"', false],
          ['context.hour', 8],
        ]),
      );
    });

    it('by lifting every forbid and meeting a permit', async () => {
      const { flip } = await explained({
        one: 'forbid (principal, action, resource) when { context.hour > 18 };',
        two: 'forbid (principal in Team::"sales", action, resource) unless { context.flag };',
        yes: 'permit (principal, action, resource) when { context.risk > 3 };',
      });
      expect(flip.effect).toBe('allow');
      expect(flip.changes?.map(({ input }) => input).toSorted()).toHaveLength(3);
      expect(flip.changes).toContainEqual({ input: 'context.hour', from: 20, to: 18, isExample: false });
      expect(flip.changes).toContainEqual({ input: 'context.risk', from: 3, to: 4, isExample: false });
    });

    it('by supplying what an erroneous policy missed', async () => {
      const { flip, decision } = await explained({
        yes: 'permit (principal, action, resource);',
        broken: 'forbid (principal, action, resource) when { context.missing > 5 };',
      });
      expect(decision.basis).toBe('policy-error');
      expect(flip.changes).toStrictEqual([{ input: 'context.missing', to: 5, isExample: false }]);
    });

    it('by joining the group a scope or a template link names', async () => {
      const inScope = await explained({ p: 'permit (principal in Team::"asia", action, resource is Tool);' });
      expect(inScope.flip.changes).toEqual([
        { input: 'Agent::"anna" in Team::"asia"', from: false, to: true, isExample: false },
      ]);
      const templates = { t: 'permit (principal, action, resource is Tool in ?resource);' };
      const links = [{ templateId: 't', newId: 'l', values: { '?resource': uid('Set', 'office') } }];
      const linked = await explained({}, { templates, links });
      expect(linked.flip.changes).toEqual([
        { input: 'Tool::"mail" in Set::"office"', from: false, to: true, isExample: false },
      ]);
    });

    it('by joining a group and meeting what is said about its members only', async () => {
      const { flip } = await explained({
        join: 'permit (principal in Team::"asia", action, resource);',
        inside: 'forbid (principal in Team::"asia", action, resource) when { context.hour > 18 };',
        both: 'forbid (principal in Team::"asia", action, resource in Set::"office");',
      });
      expect(flip).toEqual({
        effect: 'allow',
        changes: [
          { input: 'Agent::"anna" in Team::"asia"', from: false, to: true, isExample: false },
          { input: 'context.hour', from: 20, to: 18, isExample: false },
        ],
        isMinimal: true,
      });
    });

    it('by joining a second group only because of the first, and meeting what that one asks', async () => {
      const { flip } = await explained({
        join: 'permit (principal in Team::"asia", action, resource);',
        guard: 'forbid (principal in Team::"asia", action, resource) unless { principal in Team::"staff" };',
        inside: 'forbid (principal in Team::"staff", action, resource) when { context.hour > 18 };',
      });
      expect(flip.changes?.map(({ input, to }) => [input, to]).toSorted()).toEqual([
        ['Agent::"anna" in Team::"asia"', true],
        ['Agent::"anna" in Team::"staff"', true],
        ['context.hour', 18],
      ]);
      expect(flip.isMinimal).toBe(true);
    });

    it('by leaving the group of a permit that would take the place of another', async () => {
      const { flip } = await explained({
        late: 'permit (principal, action, resource) when { context.hour > 8 };',
        early: 'permit (principal in Team::"europe", action, resource) when { context.hour <= 8 };',
      });
      expect(flip.changes?.map(({ input, to }) => [input, to]).toSorted()).toEqual([
        ['Agent::"anna" in Team::"europe"', false],
        ['context.hour', 8],
      ]);
      expect(flip.isMinimal).toBe(true);
    });

    it('by joining the one of many groups that is not forbidden', async () => {
      const teams = Array.from({ length: 60 }, (_, n) => `t${n}`);
      const permits = teams.map((id) => [`permit ${id}`, `permit (principal in Team::"${id}", action, resource);`]);
      const forbids = teams
        .slice(0, -1)
        .map((id) => [`forbid ${id}`, `forbid (principal in Team::"${id}", action, resource);`]);
      const { flip } = await explained(Object.fromEntries([...permits, ...forbids]) as Record<string, string>);
      expect(flip).toEqual({
        effect: 'allow',
        changes: [{ input: 'Agent::"anna" in Team::"t59"', from: false, to: true, isExample: false }],
        isMinimal: true,
      });
    });

    it('with the address below a range that ends the family', async () => {
      const { flip } = await explained(
        { p: 'permit (principal, action, resource) unless { context.from.isInRange(ip("255.255.255.0/24")) };' },
        { context: { from: extension('ip', '255.255.255.7') } },
      );
      expect(flip.changes).toEqual([
        {
          input: 'context.from',
          from: extension('ip', '255.255.255.7'),
          to: extension('ip', '255.255.254.255'),
          isExample: true,
        },
      ]);
    });

    it('by leaving a group that forbids, not by changing more', async () => {
      const { flip } = await explained({
        yes: 'permit (principal, action, resource);',
        one: 'forbid (principal in Team::"europe", action, resource) unless { context.flag };',
        two: 'forbid (principal in Team::"europe", action, resource) when { context.hour > 18 };',
      });
      expect(flip.changes).toEqual([
        { input: 'Agent::"anna" in Team::"europe"', from: true, to: false, isExample: false },
      ]);
      expect(flip.isMinimal).toBe(true);
    });

    it('leaves who asks for what as it is, and says so when nothing else would do', async () => {
      const { flip } = await explained({
        p: 'permit (principal == Agent::"bob", action, resource);',
        q: 'permit (principal, action == Action::"read", resource);',
        r: 'permit (principal is User, action, resource);',
      });
      expect(flip).toEqual({ effect: 'allow', isMinimal: true });
    });

    it('does not propose to break a policy', async () => {
      const { flip } = await explained({ p: 'permit (principal, action, resource) when { context.hour + 1 > 0 };' });
      expect(flip.changes).toEqual([{ input: 'context.hour', from: 20, to: -1, isExample: false }]);
      const breakable = await explained({
        p: 'permit (principal, action, resource) when { context.text == context.text };',
        q: 'permit (principal, action, resource) when { false && context has text };',
      });
      expect(breakable.flip).toEqual({ effect: 'deny', isMinimal: true });
    });

    it('by leaving the group of a scope that also names a type', async () => {
      const { flip } = await explained({
        yes: 'permit (principal, action, resource);',
        no: 'forbid (principal is Agent in Team::"europe", action, resource);',
      });
      expect(flip.changes).toEqual([
        { input: 'Agent::"anna" in Team::"europe"', from: true, to: false, isExample: false },
      ]);
    });
  });

  describe('works out a change backwards where there are too many to try', () => {
    const FLAGS = Array.from({ length: 20 }, (_, n) => `f${n}`);
    const all = FLAGS.map((flag) => `context has ${flag}`).join(' && ');
    const anyone = 'permit (principal, action, resource);';
    const set = Object.fromEntries(FLAGS.map((flag) => [flag, true]));
    const eachFlag = (effect: 'permit' | 'forbid') =>
      Object.fromEntries(
        FLAGS.map((flag) => [flag, `${effect} (principal, action, resource) when { context.${flag} };`]),
      );
    const inputsOf = (changes: Awaited<ReturnType<typeof explained>>['flip']['changes']) =>
      changes?.map(({ input }) => input).toSorted();
    const allFlags = FLAGS.map((flag) => `context.${flag}`).toSorted();

    it('to meet the one permit there is', async () => {
      const { flip } = await explained({ p: `permit (principal, action, resource) when { ${all} };` });
      expect(inputsOf(flip.changes)).toEqual(allFlags);
      expect(flip).toMatchObject({ effect: 'allow', isMinimal: false });
    });

    it.each([
      ['context.hour < 18 && context.risk > 4 && context.text == "x"', 3, true],
      ['context.hour < 18 && context.risk > 4 && context.text == "x" && context.flag', 4, false],
      ['context.who == User::"eva" && context.who.clearance > 4 && context.hour < 18 && context.risk > 4', 3, true],
      ['!(context.flag || context.hour > 18 || context.risk < 5 || context.text like "d*")', 3, true],
    ])('to meet the easiest permit: %s', async (condition, size, isMinimal) => {
      const { flip } = await explained(
        {
          hard: `permit (principal, action, resource) when { ${all} };`,
          easy: `permit (principal, action, resource) when { ${condition} };`,
        },
        { entities: [...ENTITIES, { uid: uid('User', 'eva'), attrs: { clearance: 5 }, parents: [] }] },
      );
      expect([flip.changes?.length, flip.isMinimal]).toEqual([size, isMinimal]);
    });

    it('to lift every forbid in force, and let every erroneous permit have a value', async () => {
      const { flip } = await explained(
        {
          ...eachFlag('forbid'),
          idle: 'forbid (principal, action, resource) when { context.risk > 4 };',
          closed: 'forbid (principal, action, resource) unless { context.hour < 18 };',
          anyone,
          broken: 'permit (principal, action, resource) when { context.missing > 5 };',
          incomplete: 'permit (principal, action, resource) unless { context.absent > 5 };',
        },
        { context: set },
      );
      expect(inputsOf(flip.changes)).toEqual(
        [...allFlags, 'context.hour', 'context.missing', 'context.absent'].toSorted(),
      );
      expect(flip).toMatchObject({ effect: 'allow', isMinimal: false });
    });

    it('to take every permit in force away', async () => {
      const { flip } = await explained(
        { ...eachFlag('permit'), other: 'permit (principal, action, resource) when { context.hour < 8 };' },
        { context: set },
      );
      expect(inputsOf(flip.changes)).toEqual(allFlags);
      expect(flip).toMatchObject({ effect: 'deny', isMinimal: false });
    });

    it('to meet a forbid, in its group and against its exceptions', async () => {
      const { flip } = await explained({
        anyone,
        no: `forbid (principal in Team::"asia", action, resource) when { ${all} } unless { context.hour > 18 };`,
      });
      expect(inputsOf(flip.changes)).toEqual(['Agent::"anna" in Team::"asia"', ...allFlags, 'context.hour'].toSorted());
      expect(flip).toMatchObject({ effect: 'deny', isMinimal: false });
    });

    it('and says that it found none without having tried them all', async () => {
      const { flip } = await explained({ p: `permit (principal, action, resource) when { ${all} && false };` });
      expect(flip).toStrictEqual({ effect: 'allow', isMinimal: false });
    });
  });
});

function show(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && '__entity' in value) {
    const { type, id } = value.__entity as { type: string; id: string };
    return `${type}::"${id}"`;
  }
  if (typeof value === 'object' && '__extn' in value) return (value.__extn as { arg: string }).arg;
  return JSON.stringify(value);
}
