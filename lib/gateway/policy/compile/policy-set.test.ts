import { describe, expect, it } from 'vitest';
import { authorise } from '../decide';
import { EntityStore } from '../entity-store';
import type { Expression, PolicyJson, PolicySetJson } from '../language/expression';
import { parseRequest } from '../request';
import { UncompilablePolicy } from './compile-expression';
import { compilePolicySet } from './policy-set';

const policy = (body?: unknown, overrides: Partial<PolicyJson> = {}): PolicyJson => ({
  effect: 'permit',
  principal: { op: 'All' },
  action: { op: 'All' },
  resource: { op: 'All' },
  conditions: body === undefined ? [] : [{ kind: 'when', body: body as Expression }],
  ...overrides,
});

const uid = { type: 'A', id: 'x' };
const REQUEST = parseRequest({ principal: uid, action: uid, resource: uid, context: {} });

const compile = (set: unknown) => compilePolicySet(set as PolicySetJson);

describe('compiling a policy set', () => {
  it('names the policy that cannot be compiled and compiles none', () => {
    expect(() => compile({ policies: { good: policy(), bad: policy({ unknown: [{ Value: 'x' }] }) } })).toThrow(
      new UncompilablePolicy('policy `bad`: `unknown` is no operator or function this engine decides with'),
    );
  });

  it.each([
    ['no operator', {}, 'one key'],
    ['two operators', { Value: 1, Var: 'context' }, 'one key'],
    ['no object', 7, 'one key'],
    ['nothing', null, 'one key'],
    ['an operator without operand', { '!': null }, 'one key'],
    ['an unknown variable', { Var: 'nobody' }, 'no variable `nobody`'],
    ['a variable named like a method', { Var: 'toString' }, 'no variable `toString`'],
    ['a malformed literal', { Value: 1.5 }, '1.5 is not an exact integer'],
    ['a function without a list', { ip: { Value: '::' } }, '`ip` needs a list of arguments'],
    ["a function that is not Cedar's", { constructor: [{ Value: 1 }] }, '`constructor` is no operator'],
    ['a slot in a condition', { Slot: '?principal' }, '`Slot` is no operator'],
    ['a nested fault', { '&&': { left: { Value: true }, right: { '!': { arg: {} } } } }, 'one key'],
  ])('refuses %s', (_, body, message) => {
    expect(() => compile({ policies: { p: policy(body) } })).toThrow(message);
    expect(() => compile({ policies: { p: policy(body) } })).toThrow(UncompilablePolicy);
  });

  it.each([
    ['an effect', { effect: 'maybe' as never }, '`maybe` is no effect'],
    ['a principal constraint', { principal: { op: 'like' } as never }, '`like` is no scope constraint'],
    ['an action constraint', { action: { op: 'is' } as never }, '`is` is no action constraint'],
    [
      'an entity',
      { resource: { op: '==', entity: { type: 'A b', id: 'x' } } as never },
      '`A b` is not an entity type name',
    ],
    [
      'a slot outside a link',
      { principal: { op: '==', slot: '?principal' } as never },
      'the slot `?principal` has no value',
    ],
  ])('refuses %s it does not know', (_, overrides, message) => {
    expect(() => compile({ policies: { p: policy(undefined, overrides) } })).toThrow(`policy \`p\`: ${message}`);
  });

  it('refuses a link to a template that is not there, a slot without value and an id used twice', () => {
    const template = policy(undefined, { principal: { op: 'in', slot: '?principal' } });
    const link = (templateId: string, newId: string, values: object) => ({ templateId, newId, values });
    const set = (links: object[]) => ({ policies: { p: policy() }, templates: { t: template }, links });
    expect(() => compile(set([link('none', 'l', {})]))).toThrow('policy `l`: there is no template `none`');
    expect(() => compile(set([link('toString', 'l', {})]))).toThrow('there is no template `toString`');
    expect(() => compile(set([link('t', 'l', {})]))).toThrow('policy `l`: the slot `?principal` has no value');
    expect(() => compile(set([link('t', 'p', { '?principal': uid })]))).toThrow('the policy id `p` is used twice');
    const linked = compile(set([link('t', 'l', { '?principal': uid })]));
    expect(linked.policies.map(({ policyId }) => policyId)).toEqual(['p', 'l']);
  });

  it('does not hide a fault of its own as a fault of the policy', () => {
    const trap = policy();
    Object.defineProperty(trap, 'conditions', {
      get: () => {
        throw new RangeError('ours');
      },
    });
    expect(() => compile({ policies: { p: trap } })).toThrow(RangeError);
  });

  it('leaves a constant that cannot be computed to fail only where it is reached', () => {
    const bad = { isIpv4: [{ ip: [{ Value: 'nonsense' }] }] };
    const guarded = { '&&': { left: { Value: false }, right: bad } };
    const set = compile({ policies: { guarded: policy(guarded), open: policy(bad) } });
    const answer = authorise(set, REQUEST, EntityStore.EMPTY);
    expect(answer.errors.map(({ policyId }) => policyId)).toEqual(['open']);
  });

  it('compiles and evaluates a chain of 100,000 operands without exhausting the stack', () => {
    let body: object = { Value: true };
    for (let length = 0; length < 100_000; length++) body = { '&&': { left: body, right: { Value: true } } };
    const set = compile({ policies: { p: policy(body) } });
    expect(authorise(set, REQUEST, EntityStore.EMPTY).decision).toBe('allow');
  });
});
