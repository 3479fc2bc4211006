import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts } from './condition';
import { compareDecimals, decimalOf, multiply, numberOf } from './decimal';
import { evaluate } from './evaluate';
import { checkFacts } from './facts';
import { readCondition, readFactDeclarations, type Vocabulary } from './read-condition';
import { MalformedData } from './read-json';

const DECLARATIONS = [
  { id: 'a', type: 'boolean', description: 'first' },
  { id: 'b', type: 'boolean', description: 'second' },
  { id: 'c', type: 'boolean', description: 'third' },
  { id: 'loss', type: 'number', description: 'loss' },
  { id: 'turnover', type: 'number', description: 'turnover' },
  { id: 'count', type: 'integer', description: 'count' },
  { id: 'kind', type: 'string', description: 'kind' },
];
/** Read inside the tests, so that declarations that cannot be read fail them by name. */
const facts = () => readFactDeclarations(DECLARATIONS, 'facts');
const plain = (): Vocabulary => ({ facts: facts(), named: new Map() });
const named = (): Vocabulary => ({
  facts: facts(),
  named: new Map([['big', read({ fact: 'loss', op: '>', value: 10 })]]),
});

function read(json: unknown, vocabulary = plain()) {
  return readCondition(json, 'rule', vocabulary);
}
const is = (fact: string, value: unknown = true, op = '==') => ({ fact, op, value });
const truth = (json: unknown, given: Facts) => evaluate(read(json, named()), given).truth;

describe('three-valued logic', () => {
  it('follows Kleene in all, any and not', () => {
    expect(truth({ all: [is('a'), is('b')] }, { a: true })).toBe('unknown');
    expect(truth({ all: [is('a'), is('b')] }, { a: false })).toBe('no');
    expect(truth({ any: [is('a'), is('b')] }, { a: true })).toBe('yes');
    expect(truth({ any: [is('a'), is('b')] }, { a: false })).toBe('unknown');
    expect(truth({ not: is('a') }, {})).toBe('unknown');
    expect(truth({ not: is('a') }, { a: false })).toBe('yes');
    expect(truth({ not: is('a') }, { a: true })).toBe('no');
    expect(evaluate(read({ always: true }), {})).toEqual({ truth: 'yes', reasons: [], missing: [] });
  });

  it('treats null, undefined and an absent fact alike, and never reads a fact from the prototype', () => {
    expect(truth(is('a', false), { a: null })).toBe('unknown');
    expect(truth(is('a', false), { a: undefined })).toBe('unknown');
    expect(truth(is('a', false), Object.create({ a: false }) as Facts)).toBe('unknown');
  });

  it('is monotone: stating more facts never turns a settled answer around', () => {
    const leaf = fc.constantFrom(is('a'), is('b', false), is('c'), is('a', true, '!='));
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ not: tie('node') }),
      ),
    })).node;
    const partial = fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() }, { requiredKeys: [] });
    fc.assert(
      fc.property(tree, partial, fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), (json, given, [a, b, c]) => {
        const condition = read(json);
        const before = evaluate(condition, given);
        const after = evaluate(condition, { a, b, c, ...given });
        expect(after.truth).not.toBe('unknown');
        expect(before.truth === 'unknown' || after.truth === before.truth).toBe(true);
        expect(before.missing.length > 0).toBe(before.truth === 'unknown');
        for (const fact of before.missing) expect(given).not.toHaveProperty(fact);
        const closed = evaluate(condition, given, 'closed');
        expect(before.truth === 'unknown' || closed.truth === before.truth).toBe(true);
        expect(closed.truth).not.toBe('unknown');
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads what is not stated as no before a negation in the closed world', () => {
    expect(evaluate(read({ not: is('a') }), {}, 'closed').truth).toBe('yes');
    expect(evaluate(read({ all: [is('a'), is('b')] }), { a: true }, 'closed').truth).toBe('no');
    const closed = evaluate(read(is('a')), {}, 'closed');
    expect(closed).toMatchObject({ truth: 'no', missing: [], reasons: [{ fact: 'a', actual: null, missing: ['a'] }] });
  });
});

describe('reasons', () => {
  it('names only the comparisons that decided, with the numbers used', () => {
    const rule = { any: [is('a'), { all: [is('b'), is('loss', 5, '>=')] }] };
    expect(evaluate(read(rule), { a: false, b: true, loss: 5 }).reasons).toEqual([
      expect.objectContaining({ fact: 'b', actual: true, limit: true, truth: 'yes', negated: false }),
      expect.objectContaining({ fact: 'loss', op: '>=', actual: 5, limit: 5, truth: 'yes' }),
    ]);
    expect(evaluate(read(rule), { a: true, b: true, loss: 4 }).reasons.map((reason) => reason.fact)).toEqual(['a']);
    const failing = evaluate(read(rule), { a: false, b: true, loss: 4 });
    expect(failing.reasons.map((reason) => reason.fact)).toEqual(['a', 'loss']);
    expect(failing.truth).toBe('no');
  });

  it('marks a comparison under a not, and clears the mark under two', () => {
    expect(evaluate(read({ not: is('a') }), { a: true }).reasons).toMatchObject([{ negated: true, truth: 'yes' }]);
    expect(evaluate(read({ not: { not: is('a') } }), { a: true }).reasons).toMatchObject([{ negated: false }]);
  });

  it('shows every comparison and lists each missing fact once while the answer is open', () => {
    const verdict = evaluate(read({ all: [is('a'), is('b'), { any: [is('b'), is('kind', ['x', 'y'], 'in')] }] }), {
      a: true,
    });
    expect(verdict.truth).toBe('unknown');
    expect(verdict.reasons.map((reason) => [reason.fact, reason.actual])).toEqual([
      ['a', true],
      ['b', null],
      ['b', null],
      ['kind', null],
    ]);
    expect(verdict.missing).toEqual(['b', 'kind']);
  });
});

describe('limits', () => {
  const lower = { min: [500_000, { mul: [0.05, { fact: 'turnover' }] }] };

  it('takes the lower of two limits when both are known', () => {
    expect(truth(is('loss', lower, '>'), { loss: 300_000, turnover: 4_000_000 })).toBe('yes');
    expect(truth(is('loss', lower, '>'), { loss: 200_000, turnover: 4_000_000 })).toBe('no');
    const verdict = evaluate(read(is('loss', lower, '>')), { loss: 1, turnover: 4_000_000 });
    expect(verdict.reasons).toMatchObject([{ limit: 200_000, limitIsUpperBound: false, limitFacts: ['turnover'] }]);
  });

  it.each([
    ['>', 500_001, 'yes'],
    ['>', 500_000, 'unknown'],
    ['>=', 500_000, 'yes'],
    ['>=', 499_999, 'unknown'],
    ['<', 500_000, 'no'],
    ['<', 499_999, 'unknown'],
    ['<=', 500_001, 'no'],
    ['<=', 500_000, 'unknown'],
    ['==', 500_001, 'no'],
    ['==', 500_000, 'unknown'],
    ['!=', 500_001, 'yes'],
    ['!=', 500_000, 'unknown'],
  ])('with only an upper bound known, %s %d is %s', (op, loss, expected) => {
    const verdict = evaluate(read(is('loss', lower, op)), { loss });
    expect(verdict.truth).toBe(expected);
    expect(verdict.reasons).toMatchObject([{ limit: 500_000, limitIsUpperBound: true }]);
    expect(verdict.missing).toEqual(expected === 'unknown' ? ['turnover'] : []);
  });

  it.each([
    ['>', 31, 'yes'],
    ['>', 30, 'unknown'],
    ['>=', 30, 'yes'],
    ['<', 30, 'no'],
    ['<', 29, 'unknown'],
    ['<=', 31, 'no'],
    ['==', 31, 'no'],
    ['!=', 30, 'unknown'],
  ])('a value that can still grow: at least %s 30 with %d so far is %s', (op, soFar, expected) => {
    const verdict = evaluate(read(is('loss', 30, op)), { loss: { atLeast: soFar } });
    expect(verdict).toMatchObject({
      truth: expected,
      reasons: [{ actual: soFar, actualIsLowerBound: true, limit: 30 }],
    });
    expect(verdict.missing).toEqual(expected === 'unknown' ? ['loss'] : []);
  });

  it('takes a growing number as a limit for not known, and a growing one above an upper bound for settled', () => {
    expect(truth(is('loss', { fact: 'turnover' }, '>'), { loss: 9, turnover: { atLeast: 1 } })).toBe('unknown');
    expect(truth(is('loss', lower, '>'), { loss: { atLeast: 500_001 } })).toBe('yes');
    expect(evaluate(read(is('loss', lower, '>')), { loss: { atLeast: 1 } }).missing).toEqual(['loss', 'turnover']);
  });

  it.each([
    ['==', [false, true, false]],
    ['!=', [true, false, true]],
    ['>', [false, false, true]],
    ['>=', [false, true, true]],
    ['<', [true, false, false]],
    ['<=', [true, true, false]],
  ])('%s is exact at its limit', (op, expected) => {
    const answers = [9.99, 10, 10.01].map((loss) => truth(is('loss', 10, op), { loss }) === 'yes');
    expect(answers).toEqual(expected);
  });

  it('compares with another fact and stays unknown without it', () => {
    expect(truth(is('loss', { fact: 'turnover' }, '>'), { loss: 2, turnover: 1 })).toBe('yes');
    expect(truth(is('kind', 'x'), { kind: 'x' })).toBe('yes');
    expect(evaluate(read(is('loss', { fact: 'turnover' }, '>')), {}).missing).toEqual(['loss', 'turnover']);
    const unknownProduct = { mul: [0.5, { fact: 'turnover' }] };
    expect(evaluate(read(is('loss', unknownProduct, '>')), { loss: 9 }).missing).toEqual(['turnover']);
    const bothUnknown = { min: [{ fact: 'turnover' }, { fact: 'count' }] };
    expect(evaluate(read(is('loss', bothUnknown, '>')), { loss: 9 })).toMatchObject({
      truth: 'unknown',
      missing: ['turnover', 'count'],
      reasons: [{ limit: null, limitIsUpperBound: false }],
    });
  });

  it('is exact for shares that binary fractions cannot hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 10 ** 12 }), (perMille, thousand) => {
        const turnover = thousand * 1000;
        const rule = is('loss', { mul: [perMille / 1000, { fact: 'turnover' }] }, '>');
        expect(truth(rule, { loss: perMille * thousand, turnover })).toBe('no');
        expect(truth(rule, { loss: perMille * thousand + 1, turnover })).toBe('yes');
      }),
    );
    expect(0.07 * 100 > 7).toBe(true);
    expect(truth(is('loss', { mul: [0.07, { fact: 'turnover' }] }, '<'), { loss: 7, turnover: 100 })).toBe('no');
  });

  it('reads and writes decimals without loss', () => {
    expect(decimalOf(-12.5)).toEqual({ units: -125n, scale: 1 });
    expect(decimalOf(1e21)).toEqual({ units: 10n ** 21n, scale: 0 });
    expect(decimalOf(2.5e-7)).toEqual({ units: 25n, scale: 8 });
    expect(compareDecimals(decimalOf(0.1), decimalOf(0.10000000000000002))).toBeLessThan(0);
    expect(compareDecimals(decimalOf(1), { units: 1000n, scale: 3 })).toBe(0);
    expect(numberOf(multiply(decimalOf(0.1), decimalOf(0.2)))).toBe(0.02);
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(numberOf(decimalOf(value)) === value).toBe(true);
      }),
    );
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      expect(() => decimalOf(bad)).toThrow(new RangeError(`${bad} is not a finite number`));
    }
  });
});

describe('facts of the wrong type', () => {
  it('are refused, never compared', () => {
    expect(() => truth(is('loss', 5, '>'), { loss: '6' })).toThrow(TypeError);
    expect(() => truth(is('a'), { a: 'true' })).toThrow(TypeError);
    expect(() => truth(is('kind', ['1'], 'in'), { kind: 1 })).toThrow(TypeError);
    expect(() => truth(is('loss', 5, '>'), { loss: Number.NaN })).toThrow(RangeError);
    expect(() => truth(is('loss', { mul: [2, { fact: 'turnover' }] }, '>'), { loss: 1, turnover: '3' })).toThrow(
      TypeError,
    );
  });

  it('are refused with the fact and the type it needs', () => {
    expect(() => truth(is('loss', 5, '>'), { loss: '6' })).toThrow('loss must be a number');
    expect(() => truth(is('kind', ['1'], 'in'), { kind: 1 })).toThrow('kind must be a text');
    expect(() => truth(is('kind', ['1'], 'in'), { kind: true })).toThrow('kind must be a text');
    expect(() => truth(is('a'), { a: 'true' })).toThrow('a must be a boolean');
  });

  it('are reported by field before evaluation', () => {
    expect(checkFacts({ a: true, loss: 1.5, count: 2, kind: 'x', b: null, c: undefined }, facts())).toEqual([]);
    expect(
      checkFacts({ a: 'yes', loss: Infinity, count: 1.5, turnover: -1, unheard: 1, kind: 3 }, facts()).map((issue) => [
        issue.fact,
        issue.problem,
      ]),
    ).toEqual([
      ['a', 'wrong type'],
      ['loss', 'not finite'],
      ['count', 'not whole'],
      ['turnover', 'negative'],
      ['unheard', 'not declared'],
      ['kind', 'wrong type'],
    ]);
    expect(checkFacts({ loss: 0, count: { atLeast: 2 } }, facts())).toEqual([]);
    expect(checkFacts({ loss: { atLeast: -1 }, a: { atLeast: 1 } }, facts()).map((issue) => issue.problem)).toEqual([
      'negative',
      'wrong type',
    ]);
  });
});

describe('rules as data', () => {
  it('resolves named conditions when they are read', () => {
    expect(truth({ size: 'big' }, { loss: 11 })).toBe('yes');
    expect(truth({ not: { size: 'big' } }, {})).toBe('unknown');
  });

  it.each([
    ['an undeclared fact', is('nobody')],
    ['an undeclared fact in a limit', is('loss', { fact: 'nobody' }, '>')],
    ['an unknown operator', is('loss', 1, '~')],
    ['an unknown name', { size: 'huge' }],
    ['always with false', { always: false }],
    ['two kinds in one node', { all: [is('a')], any: [is('b')] }],
    ['an empty all', { all: [] }],
    ['an empty list', is('kind', [], 'in')],
    ['in without a list', is('kind', 'x', 'in')],
    ['a list without in', is('kind', ['x'])],
    ['an order on texts', is('kind', 'x', '>')],
    ['a boolean with a number', is('a', 1)],
    ['a number with a text', is('loss', 'x')],
    ['a product of one', is('loss', { mul: [1] }, '>')],
    ['a minimum of texts', is('loss', { min: ['a', 'b'] }, '>')],
    ['a limit of another shape', is('loss', { max: [1, 2] }, '>')],
    ['a text for a condition', 'a == true'],
    ['a text for all', { all: 'a' }],
    ['a blank fact', is(' ')],
    ['nothing', null],
  ])('refuses %s and names the place', (_what, json) => {
    expect(() => read(json)).toThrow(MalformedData);
    expect(() => read(json)).toThrow(/^rule/);
  });

  it.each([
    [{ all: [is('a'), { not: is('nobody') }] }, 'rule.all[1].not: fact nobody is not declared'],
    [{ any: [is('a'), null] }, 'rule.any[1]: must be an object'],
    [{ any: 'a' }, 'rule.any: must be a list'],
    [{ any: [is('a')], not: is('b') }, 'rule: must have no key beside any'],
    [{ always: false }, 'rule.always: must be true'],
    [{ size: 7 }, 'rule.size: must be a text'],
    [{ size: 'huge' }, 'rule: no condition is named huge'],
    [is('kind', 'x', '>'), 'rule: > needs a number, kind is a string'],
    [is('kind', 'x', 'in'), 'rule: in goes with a list and only with one'],
    [is('a', 1), 'rule: a is a boolean, the value a number'],
    [is('a', { fact: 'loss' }), 'rule: a is a boolean, the value a number'],
    [is('loss', { min: [1, 'b'] }, '>'), 'rule.value.min[1]: must be a number'],
    [is('loss', { fact: 7 }, '>'), 'rule.value.fact: must be a text'],
    [is('loss', { max: [1, 2] }, '>'), 'rule.value: must be a literal, fact, mul or min'],
  ])('says where and what is wrong with %j', (json, message) => {
    expect(() => read(json)).toThrow(message);
  });

  it('refuses a fact declared twice and an unknown fact type', () => {
    const one = { id: 'a', type: 'boolean', description: 'x' };
    expect(() => readFactDeclarations([one, one], 'facts')).toThrow('facts[1]: fact a is declared twice');
    expect(() => readFactDeclarations([{ ...one, type: 'date' }], 'facts')).toThrow('facts[0].type');
    expect(() => readFactDeclarations([{ ...one, id: '' }], 'facts')).toThrow('facts[0].id');
    expect(() => readFactDeclarations([{ ...one, description: 7 }], 'facts')).toThrow('facts[0].description');
  });
});
