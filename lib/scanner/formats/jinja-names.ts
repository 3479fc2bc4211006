import { insideBracket, isOperator, type JinjaTag, type JinjaToken } from './jinja-tokens';

/** Filters that pick or count, and change no text but its case and blanks: none of them can spell a private name. */
const PLAIN_FILTERS = new Set(
  `length count int abs round first last min max sum lower upper trim list sort default d items dictsort select reject
  selectattr rejectattr map unique reverse batch slice tojson safe string`.split(/\s+/),
);
const PLAIN_CALLS = new Set(
  `get keys items values index find rfind count strip lstrip rstrip split rsplit lower upper startswith endswith
  range namespace raise_exception strftime_now loop`.split(/\s+/),
);

/** True when an expression puts texts together itself, or calls something unknown or uses a name that may have done so. */
export const isMadeName = (tokens: readonly JinjaToken[], made: MadeNames): boolean =>
  putsTogether(tokens, made) ||
  tokens.some(
    ({ kind, value }, at) =>
      kind === 'name' &&
      (isOperator(tokens[at + 1], '(')
        ? !isOperator(tokens[at - 1], '|') && !isKeyword(value) && !PLAIN_CALLS.has(value)
        : made.has(value)),
  );

/** True when an expression joins, formats or replaces texts. */
export function putsTogether(tokens: readonly JinjaToken[], made: MadeNames): boolean {
  return tokens.some((token, at) => {
    const before = tokens[at - 1];
    const after = tokens[at + 1];
    if (token.kind === 'operator') {
      if (token.value === '~') return true;
      const isArithmetic = token.value === '+' || token.value === '*' || token.value === '%';
      return isArithmetic && (isTextual(before, made) || isTextual(after, made));
    }
    if (token.kind !== 'name') return token.kind === 'text' && after?.kind === 'text';
    if (!isOperator(before, '|')) return false;
    if (token.value === 'map' && tokens[at + 2]?.kind === 'text') return !PLAIN_FILTERS.has(tokens[at + 2]!.value);
    return !PLAIN_FILTERS.has(token.value);
  });
}

const isTextual = (token: JinjaToken | undefined, made: MadeNames): boolean =>
  token?.kind === 'text' || (token?.kind === 'name' && made.isText(token.value));

const isKeyword = (name: string): boolean => /^(?:in|if|else|and|or|not|is)$/.test(name);

/** Ways to get an underscore that no text of the template is. */
const SPELLERS = new Set('format format_map translate decode fromhex urlencode'.split(' '));
const UNDERSCORE = /^_+$|%c|:c\}|__[a-z]{2,24}__/i;

/** Whether a template has the underscores that a private name needs; without them a computed key is only a key. */
export function hasUnderscores(tags: readonly JinjaTag[], made: MadeNames): boolean {
  return tags.some(
    ({ before, tokens }) =>
      UNDERSCORE.test(before.trim()) ||
      tokens.some(({ kind, value }, at) => {
        const after = tokens[at + 1];
        const isIndexed =
          isOperator(after, '[') && tokens[at + 2]?.kind === 'number' && isOperator(tokens[at + 3], ']');
        if (kind === 'text')
          return UNDERSCORE.test(value) || (value.includes('_') && /^[.[|]$/.test(after?.value ?? ''));
        if (kind === 'operator') return value === ')' && isIndexed && isOperator(tokens[at - 2], '|');
        if (value === 'dict') return isOperator(after, '(') && isOperator(tokens[at + 3], '=');
        return (
          (SPELLERS.has(value) && /^[.|]$/.test(tokens[at - 1]?.value ?? '')) || (isIndexed && made.isSpelled(value))
        );
      }),
  );
}

/** Variables of a template whose value is put together from texts, by the last part of their name. */
export class MadeNames {
  private readonly made = new Set<string>();
  private readonly texts = new Set<string>();
  private readonly spelled = new Set<string>();
  private readonly parameters = new Map<string, string[]>();

  /** Twice over all tags: a loop may use what its end sets, and a macro is called behind its definition. */
  static of(tags: readonly JinjaTag[]): MadeNames {
    const names = new MadeNames();
    for (let pass = 0; pass < 2; pass += 1) for (const { tokens, isStatement } of tags) names.add(tokens, isStatement);
    return names;
  }

  has(name: string): boolean {
    return this.made.has(name);
  }

  /** Assigned from a text as it stands. */
  isText(name: string): boolean {
    return this.texts.has(name) || this.made.has(name);
  }

  /** May hold an underscore among other characters. */
  isSpelled(name: string): boolean {
    return this.spelled.has(name) || this.made.has(name);
  }

  private add(tokens: readonly JinjaToken[], isStatement: boolean): void {
    this.addCalls(tokens);
    const words = isOperator(tokens[0], '-') || isOperator(tokens[0], '+') ? tokens.slice(1) : tokens;
    if (!isStatement) return;
    const keyword = words[0]?.value;
    if (keyword === 'set' || keyword === 'with') this.addAssignment(words.slice(1), '=');
    else if (keyword === 'for') this.addAssignment(words.slice(1), 'in');
    else if (keyword === 'macro' && words[1] !== undefined) this.addMacro(words[1].value, words.slice(2));
    else if (keyword === 'call') for (const name of parameterNames(words)) this.made.add(name);
  }

  private addAssignment(words: readonly JinjaToken[], sign: '=' | 'in'): void {
    const at = words.findIndex(({ value, kind }) => value === sign && kind !== 'text');
    const value = at < 0 ? [] : words.slice(at + 1);
    // `set x` without a value takes the text up to `endset`, which may be anything.
    const isMade = at < 0 || isMadeName(value, this);
    const isText = value.some(({ kind }) => kind === 'text');
    const isSpelled = value.some(({ kind, value: text }) => kind === 'text' && text.includes('_'));
    for (const [index, { kind, value: name }] of words.entries()) {
      // `with` assigns several names, each before its own sign; of `ns.name` the last part counts.
      const isTarget = at < 0 || index < at || isOperator(words[index + 1], sign);
      if (kind !== 'name' || !isTarget || isOperator(words[index + 1], '.')) continue;
      if (isMade) this.made.add(name);
      if (isText) this.texts.add(name);
      if (isSpelled) this.spelled.add(name);
    }
  }

  private addMacro(name: string, words: readonly JinjaToken[]): void {
    const parameters = parameterNames(words);
    this.parameters.set(name, parameters);
    if (isMadeName(words, this)) for (const parameter of parameters) this.made.add(parameter);
  }

  /** What a call hands to a macro may become any of its parameters. */
  private addCalls(tokens: readonly JinjaToken[]): void {
    for (const [at, { kind, value }] of tokens.entries()) {
      const parameters = kind === 'name' && isOperator(tokens[at + 1], '(') ? this.parameters.get(value) : undefined;
      if (parameters === undefined || tokens[at - 1]?.value === 'macro') continue;
      const handed = insideBracket(tokens, at + 1);
      if (handed === undefined || isMadeName(handed, this)) for (const name of parameters) this.made.add(name);
      if (handed?.some(({ kind: sort }) => sort === 'text') === true)
        for (const name of parameters) this.texts.add(name);
    }
  }
}

const parameterNames = (words: readonly JinjaToken[]): string[] =>
  words
    .filter(({ kind }, at) => kind === 'name' && (isOperator(words[at - 1], '(') || isOperator(words[at - 1], ',')))
    .map(({ value }) => value);
