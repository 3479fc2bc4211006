import { afterAll, describe, expect, it } from 'vitest';
import { Cedar } from '../cedar/cedar';
import { generatePolicySet } from '../differential/generate-policies';
import { Random } from '../differential/random';
import { TRIAL_SCHEMA } from '../differential/trial-schema';
import type { PolicyJson } from './expression';
import { formatExpression, formatValue } from './format-expression';
import { formatPolicy } from './format-policy';
import { viewSchema } from './schema-view';

describe('writing policies as text', () => {
  const cedar = new Cedar();
  afterAll(() => cedar.close());

  async function parse(policies: Readonly<Record<string, string>>): Promise<Readonly<Record<string, PolicyJson>>> {
    const parsed = await cedar.parse({ policies });
    if (!parsed.ok) throw new Error(JSON.stringify([parsed.problems, policies]));
    return parsed.value.policies;
  }

  it('parses back to an equal policy, for 600 generated ones', async () => {
    const schema = await cedar.schemaToJson(TRIAL_SCHEMA);
    if (!schema.ok) throw new Error(JSON.stringify(schema.problems));
    const { policies } = generatePolicySet(viewSchema(schema.value), new Random(7), { policies: 600, depth: 4 });
    const first = await parse(
      Object.fromEntries(Object.entries(policies).map(([id, policy]) => [id, formatPolicy(policy)])),
    );
    const second = await parse(
      Object.fromEntries(Object.entries(first).map(([id, policy]) => [id, formatPolicy(policy)])),
    );
    expect(second).toEqual(first);
  });

  it.each([
    'context.hour < 8 || context.hour >= 18',
    '(true || false) && true',
    'true || false && true',
    '!(true && false)',
    '!(!context.x)',
    '1 - (2 - 3) - 4',
    '(1 + 2) * 3',
    '1 + 2 * 3',
    '-(5)',
    '-(9223372036854775807)',
    '-"x" == 1',
    '0.lessThan(context.x)',
    '(-9223372036854775808).lessThan(context.x)',
    'A::"x".level == "x".level',
    '-context.x',
    '-(-context.x)',
    '(-5).lessThan(context.x)',
    '(1 == 2) == (3 != 4)',
    '(if true then 1 else 2) == 1',
    'if a::B::"x" == context then true else false',
    'context["odd name"].if',
    'context.a.b has c.d',
    'context has "odd name"',
    'principal is A::B',
    'principal is A::B in C::"x"',
    'principal in [C::"x", D::"y"]',
    String.raw`context.text like "a*\*\\\"*"`,
    String.raw`context.text == "\u{0}é\"\\"`,
    '{"a": 1, "b c": [1, "x", {}]} == context',
    'context.ip.isInRange(ip("10.0.0.0/8"))',
    'decimal("1.0").lessThan(context.d)',
    'principal.getTag("x").contains(1) && principal.hasTag(context.t)',
    '[].isEmpty()',
    '[1].containsAll([2]) || [1].containsAny([3])',
    'datetime("2024-01-01").offset(duration("1h")).toDate() > context.now',
  ])('gives the text of %s', async (condition) => {
    const fixed = condition
      .replace('.if', '["if"]')
      .replace('a::B', 'A::B')
      .replace('é', String.raw`\u{e9}`);
    const { p } = await parse({ p: `permit (principal, action, resource) when { ${fixed} };` });
    expect(formatExpression(p!.conditions[0]!.body)).toBe(fixed);
  });

  it('writes scopes, slots, clauses and annotations', () => {
    const policy: PolicyJson = {
      effect: 'forbid',
      principal: { op: 'is', entity_type: 'A', in: { slot: '?principal' } },
      action: { op: 'in', entities: [{ type: 'Action', id: 'a' }, { __entity: { type: 'Action', id: 'b' } }] },
      resource: { op: '==', entity: { type: 'B', id: 'x"' } },
      conditions: [
        { kind: 'when', body: { Value: true } },
        { kind: 'unless', body: { Var: 'context' } },
      ],
      annotations: { id: 'one', note: null },
    };
    expect(formatPolicy(policy)).toBe(
      '@id("one")\n@note("")\nforbid (principal is A in ?principal, action in [Action::"a", Action::"b"], ' +
        String.raw`resource == B::"x\"")` +
        '\nwhen { true }\nunless { context };',
    );
    const open: PolicyJson = {
      ...policy,
      principal: { op: 'in', slot: '?principal' },
      action: { op: '==', entity: { type: 'Action', id: 'a' } },
      resource: { op: 'All' },
      conditions: [],
      annotations: {},
    };
    expect(formatPolicy(open)).toBe('forbid (principal in ?principal, action == Action::"a", resource);');
    expect(formatPolicy({ ...open, action: { op: 'All' } })).toContain(', action, ');
    expect(formatPolicy({ ...open, principal: { op: 'is', entity_type: 'A' } })).toContain('(principal is A, ');
    expect(formatPolicy({ ...open, action: { op: 'in', entity: { type: 'Action', id: 'a' } } })).toContain(
      'action in Action::"a"',
    );
  });

  it('writes values with their escapes as the expressions that make them', () => {
    const value = {
      who: { __entity: { type: 'A', id: 'x' } },
      when: {
        __extn: {
          fn: 'offset',
          args: [{ __extn: { fn: 'datetime', arg: '1970-01-01' } }, { __extn: { fn: 'duration', arg: '1ms' } }],
        },
      },
      list: [1, -2, true, 9_223_372_036_854_775_807n],
    };
    expect(formatValue(value)).toBe(
      '{"who": A::"x", "when": datetime("1970-01-01").offset(duration("1ms")), "list": [1, -2, true, 9223372036854775807]}',
    );
    expect(formatExpression({ unknown: [{ Value: 'x' }] })).toBe('unknown("x")');
  });
});
