import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cedar } from '../cedar/cedar';
import { EntityStore } from '../entity-store';
import type { Expression, PolicySetJson } from '../language/expression';
import { formatValue } from '../language/format-expression';
import { parseRequest } from '../request';
import { toJson } from '../values/json-value';
import { achieve, both, either, singleChanges } from './achieve';
import { type Change, type ChangeSet, changeSet, inputName } from './change';

const uid = (type: string, id: string) => ({ type, id });
const extension = (fn: string, arg: string) => ({ __extn: { fn, arg } });

const SCENE = {
  ...parseRequest({
    principal: uid('Agent', 'anna'),
    action: uid('Action', 'send'),
    resource: uid('Tool', 'mail'),
    context: {
      hour: 20,
      risk: 3,
      flag: false,
      on: true,
      labels: ['public', 'draft'],
      none: [],
      pairs: [['x', 'y']],
      text: 'draft',
      empty: '',
      nested: { deep: { n: 1 } },
      who: { __entity: uid('User', 'max') },
      from: extension('ip', '10.0.0.1'),
      price: extension('decimal', '5.0'),
      now: extension('datetime', '2026-07-01T12:00:00Z'),
      since: extension('datetime', '2026-06-01'),
      wait: extension('duration', '2h'),
    },
  }),
  entities: EntityStore.fromJson([
    { uid: uid('Agent', 'anna'), attrs: {}, parents: [uid('Team', 'sales')], tags: { tier: 'basic' } },
  ]),
};

/** Ways to make a condition true or false, smallest first, as `input = value`; `≈` where a value stands for others. */
const CASES: Readonly<
  Record<string, readonly (readonly [condition: string, goal: boolean, ways: readonly string[]])[]>
> = {
  'what already is so needs no change': [
    ['context.on', true, ['']],
    ['context.flag', false, ['']],
  ],
  connectives: [
    ['context.flag && context.hour < 18', true, ['context.hour = 17, context.flag = true']],
    ['context.on && context.hour < 18', true, ['context.hour = 17']],
    ['context.on && context.hour > 18', false, ['context.on = false', 'context.hour = 18']],
    ['context.flag || context.hour < 18', true, ['context.flag = true', 'context.hour = 17']],
    ['context.on || context.hour > 18', false, ['context.hour = 18, context.on = false']],
    [
      'context.flag && context.risk > 3 || context.hour < 18',
      true,
      ['context.hour = 17', 'context.risk = 4, context.flag = true'],
    ],
    ['!(context.on && !context.flag)', true, ['context.on = false', 'context.flag = true']],
    [
      'if context.flag then context.risk > 3 else context.hour < 18',
      true,
      ['context.hour = 17', 'context.risk = 4, context.flag = true'],
    ],
    ['if context.on then context.risk > 2 else context.hour < 18', false, ['context.risk = 2', 'context.on = false']],
  ],
  'one input in two parts': [
    ['context.hour != 20 && context.hour > 25', true, ['context.hour = 26', 'context.hour = 26']],
    ['context.hour > 25 && context.hour != 20', true, ['context.hour = 26', 'context.hour = 26']],
    ['context.hour < 10 && context.hour > 25', true, ['context.hour = 9', 'context.hour = 26']],
    ['context has a && context.a == 2', true, ['context.a = 2']],
    [
      '!(context has text) && context.text != "draft"',
      true,
      ['context.text = nothing', 'context.text ≈ "draft-other"'],
    ],
  ],
  equality: [
    ['context.hour == context.risk', true, ['context.hour = 3', 'context.risk = 20']],
    ['context.hour != context.risk', false, ['context.hour = 3', 'context.risk = 20']],
    ['context.hour == context.missing', true, ['context.missing = 20']],
    ['context.flag == context.on', true, ['context.flag = true', 'context.on = false']],
    ['context.on != context.flag', false, ['context.on = false', 'context.flag = true']],
    ['(context.hour < 18) != false', true, ['context.hour = 17']],
    ['context.who == User::"max"', false, ['context.who ≈ User::"max-other"']],
    ['context.from == ip("10.0.0.1")', false, ['context.from ≈ ip("10.0.0.2")']],
    [
      'context.price == decimal("5.0")',
      false,
      ['context.price ≈ decimal("5.0001")', 'context.price ≈ decimal("4.9999")'],
    ],
    ['context.labels == ["public", "draft"]', false, ['context.labels ≈ []']],
    ['context.none == []', false, []],
    ['context.nested == {"deep": {"n": 1}}', false, []],
  ],
  order: [
    ['context.hour < context.risk', true, ['context.hour = 2', 'context.risk = 21']],
    ['context.risk <= context.hour', false, ['context.risk = 21', 'context.hour = 2']],
    ['context.hour < context.missing', true, ['context.missing = 21']],
    ['-9223372036854775808 > context.hour', true, []],
    ['context.hour > 9223372036854775807', true, []],
    ['context.price.lessThan(decimal("2.5"))', true, ['context.price = decimal("2.4999")']],
    ['context.price.greaterThanOrEqual(decimal("5.0"))', false, ['context.price = decimal("4.9999")']],
  ],
  'arithmetic and dates': [
    ['context.hour + context.risk == 30', true, ['context.hour = 27', 'context.risk = 10']],
    ['context.hour - context.risk == 30', true, ['context.hour = 33', 'context.risk = -10']],
    [
      'context.hour * context.risk > 100',
      true,
      ['context.hour = 33', 'context.risk = 5', 'context.hour = 34', 'context.risk = 6'],
    ],
    ['-context.hour == 5', true, ['context.hour = -5']],
    ['context.hour + 9223372036854775807 == -9223372036854775808', true, []],
    ['(if context.flag then context.hour else context.risk) == 7', true, ['context.risk = 7']],
    ['(if context.on then context.hour else context.risk) == 7', true, ['context.hour = 7']],
    ['context.wait.toMinutes() == 30', true, ['context.wait = duration("1800000ms")']],
    [
      'context.now.toDate() < datetime("2026-06-01")',
      true,
      ['context.now = datetime("2026-05-31T23:59:59.999Z")', 'context.now = datetime("2026-06-01T00:00:00.000Z")'],
    ],
    [
      'context.now.toDate() > datetime("2026-07-01")',
      true,
      ['context.now = datetime("2026-07-01T00:00:00.001Z")', 'context.now = datetime("2026-07-02T00:00:00.000Z")'],
    ],
    ['context.now.toDate() == datetime("2026-07-02")', true, ['context.now = datetime("2026-07-02T00:00:00.000Z")']],
    [
      'context.since.offset(context.wait) == context.now',
      true,
      [
        'context.since = datetime("2026-07-01T10:00:00.000Z")',
        'context.wait = duration("2635200000ms")',
        'context.now = datetime("2026-06-01T02:00:00.000Z")',
      ],
    ],
    [
      'context.now.durationSince(context.since) == duration("1d")',
      true,
      ['context.now = datetime("2026-06-02T00:00:00.000Z")', 'context.since = datetime("2026-06-30T12:00:00.000Z")'],
    ],
  ],
  groups: [
    ['principal in Team::"asia"', true, ['Agent::"anna" in Team::"asia" = true']],
    ['principal in Team::"sales"', false, ['Agent::"anna" in Team::"sales" = false']],
    [
      'principal in [Team::"sales", Team::"asia"]',
      false,
      ['Agent::"anna" in Team::"sales" = false, Agent::"anna" in Team::"asia" = false'],
    ],
    ['principal in [principal, Team::"sales"]', false, ['Agent::"anna" in Team::"sales" = false']],
    [
      'context.who in [Team::"asia", User::"eva"]',
      true,
      [
        'User::"max" in Team::"asia" = true',
        'User::"max" in User::"eva" = true',
        'context.who = Team::"asia"',
        'context.who = User::"eva"',
      ],
    ],
    ['context.missing in Team::"asia"', true, ['context.missing = Team::"asia"']],
    ['context.missing in Team::"asia"', false, []],
    ['principal is Agent in Team::"asia"', true, ['Agent::"anna" in Team::"asia" = true']],
    ['principal is Agent', false, []],
  ],
  presence: [
    ['context has nested.other', true, ['context.nested.other ≈ true']],
    ['context has nested.deep', false, ['context.nested = nothing', 'context.nested.deep = nothing']],
    ['context has text', false, ['context.text = nothing']],
    ['principal has level', true, ['Agent::"anna".level ≈ true']],
    ['context.on.x has y', true, []],
    ['principal.hasTag("tier")', false, ['Agent::"anna".getTag("tier") = nothing']],
    ['principal.hasTag("seat")', true, ['Agent::"anna".getTag("seat") ≈ true']],
    ['principal.hasTag(context.missing)', true, []],
    ['context.missing.hasTag("seat")', true, []],
    ['principal.getTag("tier") == "gold"', true, ['Agent::"anna".getTag("tier") = "gold"']],
  ],
  texts: [
    ['context.text like "f*l"', true, ['context.text ≈ "fl"']],
    ['context.text like "*"', false, []],
    ['context.text like "d*"', false, ['context.text ≈ ""']],
    ['context.empty like ""', false, ['context.empty ≈ "other"']],
    ['context.text like "draft"', false, ['context.text ≈ ""']],
  ],
  sets: [
    [
      'context.labels.contains(context.hour)',
      true,
      ['context.labels = ["public", "draft", 20]', 'context.hour = "public"', 'context.hour = "draft"'],
    ],
    ['context.labels.contains(context.text)', false, ['context.labels = ["public"]', 'context.text ≈ "draft-other"']],
    ['context.labels.contains(context.missing)', true, ['context.missing = "public"', 'context.missing = "draft"']],
    ['context.none.contains(["x", "y"])', true, ['context.none = [["x", "y"]]']],
    ['context.pairs.contains(["x", "y"])', false, ['context.pairs = []']],
    ['[true].contains(context.on)', false, ['context.on ≈ false']],
    ['context.labels.containsAll(["draft", "x", "y"])', true, ['context.labels = ["public", "draft", "x", "y"]']],
    ['["draft", "x"].containsAll(context.labels)', true, ['context.labels = ["draft"]']],
    [
      'context.labels.containsAll(["draft", "public"])',
      false,
      ['context.labels = ["public"]', 'context.labels = ["draft"]'],
    ],
    [
      'context.labels.containsAny(["x", "y"])',
      true,
      ['context.labels = ["public", "draft", "x"]', 'context.labels = ["public", "draft", "y"]'],
    ],
    ['context.labels.containsAny(["draft", "public"])', false, ['context.labels = []']],
    ['context.missing.contains(1)', true, ['context.missing = [1]']],
    ['context.labels.isEmpty()', true, ['context.labels = []']],
    ['context.none.isEmpty()', false, []],
  ],
  addresses: [
    ['context.from.isIpv6()', true, ['context.from ≈ ip("2001:db8:0:0:0:0:0:0")']],
    ['context.from.isIpv4()', false, ['context.from ≈ ip("2001:db8:0:0:0:0:0:0")']],
    ['context.from.isInRange(ip("192.168.0.0/16"))', true, ['context.from ≈ ip("192.168.0.0")']],
    ['context.from.isInRange(ip("10.0.0.0/8"))', false, ['context.from ≈ ip("11.0.0.0")']],
    ['context.from.isInRange(ip("0.0.0.0/0"))', false, []],
  ],
  'nothing that could be changed': [
    ['context.text < "b"', true, []],
    ['principal in context.hour', true, []],
    ['["x"].containsAny(context.labels)', true, []],
    ['context.on.x == 1', true, []],
    ['context.hour.getTag("tier") == "gold"', true, []],
    ['principal.getTag(context.hour) == "gold"', true, []],
    ['principal.getTag(context.missing) == "gold"', true, []],
    ['context.hour.contains(1)', true, []],
    ['context.labels.containsAny(context.missing)', true, []],
    ['context.from.isInRange(context.missing)', true, []],
    ['context.from.isInRange()', true, []],
    ['context.from == ip()', true, []],
  ],
};

describe('achieving a condition', () => {
  const cedar = new Cedar();
  const policies = Object.entries(CASES).flatMap(([feature, cases]) =>
    cases.map(([condition], position) => [
      `${feature} ${position}`,
      `permit (principal, action, resource) when { ${condition} };`,
    ]),
  );
  let parsed: PolicySetJson;

  beforeAll(async () => {
    const answer = await cedar.parse({ policies: Object.fromEntries(policies) as Record<string, string> });
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
    parsed = answer.value;
  });
  afterAll(() => cedar.close());

  describe.each(Object.entries(CASES))('%s', (feature, cases) => {
    it.each(
      cases.map(([condition, goal, ways], position) => ({ condition, goal, ways, policyId: `${feature} ${position}` })),
    )('$condition → $goal', ({ goal, ways, policyId }) => {
      const { body } = parsed.policies[policyId]!.conditions[0]!;
      expect(achieve(body, goal, SCENE).map(show)).toEqual(ways);
    });
  });
});

describe('single changes', () => {
  it('turn every part of a condition, whether that turns the whole or not', () => {
    const input = (attr: string): Expression => ({ '.': { left: { Var: 'context' }, attr } });
    const below = (attr: string, limit: number): Expression => ({
      '<': { left: input(attr), right: { Value: limit } },
    });
    const choice: Expression = {
      // oxlint-disable-next-line unicorn/no-thenable -- Cedar's own name for the branch
      'if-then-else': { if: input('on'), then: below('hour', 18), else: below('risk', 5) },
    };
    const condition: Expression = { '||': { left: { '!': { arg: input('flag') } }, right: choice } };
    expect(singleChanges(condition, SCENE).map(showChange)).toEqual([
      'context.flag = true',
      'context.on = false',
      'context.hour = 17',
      'context.hour = 18',
      'context.risk = 4',
      'context.risk = 5',
    ]);
  });
});

describe('alternatives', () => {
  const to = (name: string, value: number): ChangeSet =>
    changeSet({ kind: 'value', location: { holder: 'context', path: [name] }, value, isExample: false });

  it('are combined each with each, where two parts want one input each way', () => {
    const ways = both([to('a', 1), to('b', 1)], [to('a', 2)]);
    expect(ways.map(show)).toEqual(['context.a = 1', 'context.a = 2', 'context.a = 2, context.b = 1']);
  });

  it('are followed from the smallest on, and only so many', () => {
    const many = Array.from({ length: 100 }, (_, value) => to('a', value));
    const ways = either(both([to('b', 1)], [to('c', 1)]), many);
    expect(ways.map(show)).toEqual(many.slice(0, 48).map(show));
  });
});

function show(changes: ChangeSet): string {
  return Array.from(changes.values(), showChange).join(', ');
}

function showChange(change: Change): string {
  if (change.kind === 'membership') return `${inputName(change)} = ${change.isMember}`;
  const value = change.value === undefined ? 'nothing' : formatValue(toJson(change.value));
  return `${inputName(change)} ${change.isExample ? '≈' : '='} ${value}`;
}
