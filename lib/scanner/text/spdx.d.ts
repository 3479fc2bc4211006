declare module 'spdx-expression-parse' {
  /** Throws for text that is no SPDX expression. */
  export default function parse(expression: string): object;
}

declare module 'spdx-satisfies' {
  /** True when one of the allowed licences satisfies the expression. Throws for licence references. */
  export default function satisfies(expression: string, allowed: readonly string[]): boolean;
}
