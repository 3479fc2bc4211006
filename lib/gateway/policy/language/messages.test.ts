import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cedar } from '../cedar/cedar';
import { compilePolicySet } from '../compile/policy-set';
import { authorise } from '../decide';
import { EntityStore } from '../entity-store';
import { parseRequest } from '../request';
import type { PolicySetJson } from './expression';

const anna = { type: 'Agent', id: 'anna' };
const ENTITIES = EntityStore.fromJson([{ uid: anna, attrs: { level: 3 }, parents: [] }]);
const REQUEST = parseRequest({
  principal: anna,
  action: { type: 'Action', id: 'read' },
  resource: { type: 'Tool', id: 'mail' },
  context: {
    one: 1,
    big: 9_223_372_036_854_775_807n,
    now: { __extn: { fn: 'datetime', arg: '2026-07-01' } },
    ghost: { __entity: { type: 'Agent', id: 'ghost' } },
  },
});

/** What people read in an alarm when a condition cannot be evaluated. */
const MESSAGES: readonly (readonly [condition: string, message: string])[] = [
  ['context.one', 'type error: expected bool, got long'],
  ['context.one && true', 'type error: expected bool, got long'],
  ['!"x"', 'type error: expected bool, got string'],
  ['if principal then true else false', 'type error: expected bool, got entity of type Agent'],
  ['"a" < "b"', 'type error: expected long, datetime or duration, got string'],
  ['duration("1h") < 1', 'type error: only values of the same type can be ordered'],
  ['"a" + 1 == 1', 'type error: expected long, got string'],
  ['-true == 1', 'type error: expected long, got bool'],
  ['context.big + 1 == 0', 'integer overflow: cannot add `9223372036854775807` and `1`'],
  ['-9223372036854775808 - 1 == 0', 'integer overflow: cannot subtract `1` from `-9223372036854775808`'],
  ['context.big * 2 == 0', 'integer overflow: cannot multiply `9223372036854775807` by `2`'],
  ['context.one like "1"', 'type error: expected string, got long'],
  ['context.one.contains(1)', 'type error: expected set, got long'],
  ['[1].containsAll({})', 'type error: expected set, got record'],
  ['context.one.x', 'type error: expected record or entity, got long'],
  ['context.one has x', 'type error: expected record or entity, got long'],
  ['context.missing', 'record does not have the attribute `missing`'],
  ['{"a": 1}.b == 1', 'record does not have the attribute `b`'],
  ['principal.missing', '`Agent::"anna"` does not have the attribute `missing`'],
  ['context.ghost.level == 1', 'entity `Agent::"ghost"` does not exist'],
  ['principal.getTag("none") == 1', '`Agent::"anna"` does not have the tag `none`'],
  ['context.ghost.getTag("none") == 1', 'entity `Agent::"ghost"` does not exist'],
  ['principal.hasTag(context.one)', 'type error: expected string, got long'],
  ['context.one.hasTag("x")', 'type error: expected entity, got long'],
  ['context.one in principal', 'type error: expected entity, got long'],
  ['principal in context.one', 'type error: expected entity or set, got long'],
  ['principal in [context.one]', 'type error: expected entity, got long'],
  ['context.one is Agent', 'type error: expected entity, got long'],
  ['ip("x").isIpv4()', '`x` is not a valid IP address'],
  ['ip(1).isIpv4()', 'type error: expected string, got long'],
  ['ip().isIpv4()', '`ip` takes 1 argument(s), not 0'],
  ['context.one.isIpv4()', 'type error: expected ipaddr, got long'],
  ['decimal("1") == context.one', '`1` is not a well-formed decimal value'],
  ['decimal("1.00000") == context.one', 'too many digits after the decimal point in `1.00000`'],
  ['decimal("922337203685477.5808") == context.one', '`922337203685477.5808` is outside the range of decimal'],
  ['context.one.lessThan(decimal("1.0"))', 'type error: expected decimal, got long'],
  ['datetime("2024-02-30") == context.one', '`2024-02-30` is not a well-formed datetime'],
  ['context.one.toDate() == context.now', 'type error: expected datetime, got long'],
  ['duration("1y") == context.one', '`1y` is not a well-formed duration'],
  ['duration("9223372036854775808ms") == context.one', '`9223372036854775808ms` is outside the range of duration'],
  ['context.now.toDays() == 1', 'type error: expected duration, got datetime'],
];

describe('messages of evaluation errors', () => {
  const cedar = new Cedar();
  let parsed: PolicySetJson;

  beforeAll(async () => {
    const policies = MESSAGES.map(([condition], n) => [
      String(n),
      `permit (principal, action, resource) when { ${condition} };`,
    ]);
    const answer = await cedar.parse({ policies: Object.fromEntries(policies) as Record<string, string> });
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
    parsed = answer.value;
  });
  afterAll(() => cedar.close());

  it.each(MESSAGES.map(([condition, message], n) => ({ condition, message, policyId: String(n) })))(
    '$condition: $message',
    ({ message, policyId }) => {
      const set = compilePolicySet({ policies: { [policyId]: parsed.policies[policyId]! } });
      const { errors } = authorise(set, REQUEST, ENTITIES);
      expect(errors.map((error) => error.message)).toEqual([message]);
    },
  );
});
