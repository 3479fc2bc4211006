import type { PatternElement } from '../language/expression';
import { type CompiledExpression, mismatch, pure } from './compiled-expression';

/** Cedar's `like`: `*` stands for any run of characters, also none; everything else is literal. */
export function like(text: CompiledExpression, pattern: readonly PatternElement[]): CompiledExpression {
  const matches = compilePattern(pattern);
  return pure(
    [text],
    (scene) => {
      const value = text.evaluate(scene);
      if (typeof value !== 'string') throw mismatch('string', value);
      return matches(value);
    },
    { isBoolean: true },
  );
}

/**
 * A matcher that takes at most the product of the two lengths, usually one pass, never backtracking further.
 * Comparing UTF-16 units is exact because neither side holds a lone surrogate.
 */
export function compilePattern(pattern: readonly PatternElement[]): (text: string) => boolean {
  const segments = [''];
  for (const element of pattern) {
    if (element === 'Wildcard') segments.push('');
    else segments[segments.length - 1] += element.Literal;
  }
  const head = segments[0]!;
  if (segments.length === 1) return (text) => text === head;
  const tail = segments.at(-1)!;
  const middle = segments.slice(1, -1);
  return (text) => {
    if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
    return fitsInOrder(text, middle, head.length, text.length - tail.length);
  };
}

/** Whether the segments occur one after another within `[start, end)`; taking each at its first place is enough. */
function fitsInOrder(text: string, segments: readonly string[], start: number, end: number): boolean {
  let position = start;
  for (const segment of segments) {
    const found = text.indexOf(segment, position);
    if (found < 0 || found + segment.length > end) return false;
    position = found + segment.length;
  }
  return true;
}
