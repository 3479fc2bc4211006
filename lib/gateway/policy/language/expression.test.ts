import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../values/evaluation-error';
import { type Expression, operandsOf, tagged } from './expression';

const one: Expression = { Var: 'principal' };
const two: Expression = { Var: 'context' };
const three: Expression = { Value: 3 };

describe('an expression', () => {
  it.each<readonly [Expression, readonly Expression[]]>([
    [{ Value: [1, 2] }, []],
    [{ Var: 'action' }, []],
    [{ Set: [one, two, three] }, [one, two, three]],
    [{ Record: { b: one, a: two } }, [one, two]],
    [{ '!': { arg: one } }, [one]],
    [{ neg: { arg: one } }, [one]],
    [{ isEmpty: { arg: one } }, [one]],
    [{ '.': { left: one, attr: 'a' } }, [one]],
    [{ has: { left: one, attr: ['a', 'b'] } }, [one]],
    [{ like: { left: one, pattern: ['Wildcard'] } }, [one]],
    [{ is: { left: one, entity_type: 'A' } }, [one]],
    [{ is: { left: one, entity_type: 'A', in: two } }, [one, two]],
    // oxlint-disable-next-line unicorn/no-thenable -- Cedar's own name for the branch
    [{ 'if-then-else': { if: one, then: two, else: three } }, [one, two, three]],
    [{ '&&': { left: one, right: two } }, [one, two]],
    [{ contains: { left: one, right: two } }, [one, two]],
    [{ isInRange: [one, two] }, [one, two]],
    [{ unknown: [] }, []],
  ])('%j has its operands in the order they are evaluated', (expression, operands) => {
    expect(operandsOf(expression)).toEqual(operands);
  });

  it('is a call when its key is no operator', () => {
    expect(tagged({ isInRange: [one, two] })).toEqual({ operator: 'call', name: 'isInRange', operand: [one, two] });
    expect(tagged({ in: { left: one, right: two } })).toEqual({ operator: 'in', operand: { left: one, right: two } });
  });

  it.each([[null], [undefined], ['Var'], [{}], [{ '!': undefined }], [{ '!': null }], [{ Var: 'context', Value: 1 }]])(
    'is not %j',
    (json) => {
      expect(() => tagged(json as never)).toThrow(
        new InvalidInput('an expression must be an object with one key, its operator'),
      );
    },
  );
});
