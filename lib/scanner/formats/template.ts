import { hasUnderscores, isMadeName, MadeNames, putsTogether } from './jinja-names';
import { depthChange, insideBracket, isOperator, jinjaTags, type JinjaToken } from './jinja-tokens';

/** Names with two underscores in front, private parts of Jinja's objects, and what leads from a frame to its globals. */
const PRIVATE = /^_\w*__|^__|^_(?:environment|func|recurse|iterable|Template\w*|Context)\b|^mro$/;
const FRAME = /^(?:(?:gi|cr|ag|tb)_(?:frame|code|await|running)|f_(?:back|globals|builtins|locals|code)|func_globals)$/;
const DUNDER = /__[a-z]{2,24}__/i;
/** Half a private name, to be joined to the rest, or a character by its Unicode name. */
const PIECE = /^_{2,}(?:[a-z]\w*)?$|^[a-z]{2,24}__$|\\N\{/i;
/** Objects of Jinja and Flask that a template has no use for but to call them, or none at all. */
const ROOTS = new Set('cycler joiner lipsum namespace self url_for get_flashed_messages'.split(' '));
const RUNNERS = new Set('popen Popen import_module'.split(' '));
const RUNNER_OWNERS = new Set('os subprocess builtins posix'.split(' '));
const RUNNER_NAMES = new Set('system popen Popen eval exec run call check_output'.split(' '));
/** A named argument stands nearer than this many tokens to its bracket. */
const MAX_ARGUMENTS = 100;
/** Between two texts these leave the texts joined, perhaps by the filter `join`. */
const GLUE = new Set(['~', '+', ',', '(', ')', '[', ']']);

/**
 * What makes a chat template dangerous, or undefined (CVE-2024-34359). Only what stands inside `{{ }}` and `{% %}` counts.
 * Nothing is ever rendered: a name that is put together and then looked up is told, since no honest template needs one.
 */
export function findTemplateEscape(template: string): string | undefined {
  if (!template.includes('{{') && !template.includes('{%')) return undefined;
  const tags = [...jinjaTags(template)];
  const made = MadeNames.of(tags);
  const isSuspect = hasUnderscores(tags, made);
  const isMade = (inside: readonly JinjaToken[]): boolean =>
    putsTogether(inside, made) || (isSuspect && isMadeName(inside, made));
  for (const { tokens } of tags) {
    const found = findText(tokens) ?? findName(tokens) ?? findSubscript(tokens, isMade);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Texts that are private names, alone or next to each other. */
function findText(tokens: readonly JinjaToken[]): string | undefined {
  let joined = '';
  for (const { kind, value } of tokens) {
    if (kind === 'text') joined += value;
    else if (kind !== 'operator' || !GLUE.has(value)) joined += '\n';
    if (kind === 'text' && PIECE.test(value)) return `the text ${JSON.stringify(value.slice(0, 80))}`;
  }
  return DUNDER.exec(joined)?.[0];
}

function findName(tokens: readonly JinjaToken[]): string | undefined {
  for (const [at, { kind, value }] of tokens.entries()) {
    if (kind !== 'name') continue;
    const before = tokens[at - 1];
    const after = tokens[at + 1]?.value;
    if (DUNDER.test(value)) return value;
    if (isOperator(before, '.') && (PRIVATE.test(value) || FRAME.test(value))) return `.${value}`;
    if (isOperator(before, '|') && value === 'attr') return '|attr';
    if (RUNNERS.has(value) && (after === '(' || isOperator(before, '.'))) return value;
    if (RUNNER_OWNERS.has(value) && after === '.' && RUNNER_NAMES.has(tokens[at + 2]?.value ?? ''))
      return `${value}.${tokens[at + 2]!.value}`;
    if (isBareRoot(tokens, at)) return `the object ${value}`;
    if (value === 'attribute' && after === '=' && tokens[at + 2]?.kind !== 'text' && isFilterArgument(tokens, at))
      return 'an attribute by a computed name';
    if (value === 'map' && after === '(' && tokens[at + 2]?.kind === 'text' && tokens[at + 2]!.value === 'attr')
      return "map('attr')";
  }
  return undefined;
}

/** `cycler('a', 'b')` is what the object is for; any other use of it reaches into it. */
function isBareRoot(tokens: readonly JinjaToken[], at: number): boolean {
  const { value } = tokens[at]!;
  if (!ROOTS.has(value) || isOperator(tokens[at - 1], '.')) return false;
  const after = tokens[at + 1]?.value;
  // A named argument or a key of the same name.
  return after !== '(' && after !== '=';
}

/** True for `|map(attribute=` and its like; a macro may have an argument of this name. */
function isFilterArgument(tokens: readonly JinjaToken[], at: number): boolean {
  for (let open = at - 1, depth = 0; open > at - MAX_ARGUMENTS; open -= 1) {
    const token = tokens[open];
    if (token === undefined) return false;
    depth += depthChange(token);
    if (depth > 0) return isOperator(token, '(') && isOperator(tokens[open - 2], '|');
  }
  return true;
}

/** `x[…]` with anything that puts a text together inside. */
function findSubscript(
  tokens: readonly JinjaToken[],
  isMade: (inside: readonly JinjaToken[]) => boolean,
): string | undefined {
  for (const [at, token] of tokens.entries()) {
    if (!isOperator(token, '[') || !isSubscript(tokens[at - 1])) continue;
    const inside = insideBracket(tokens, at);
    const only = inside?.length === 1 ? inside[0] : undefined;
    if (only?.kind === 'text') {
      if (PRIVATE.test(only.value) || FRAME.test(only.value) || RUNNERS.has(only.value)) return `['${only.value}']`;
    } else if (inside === undefined || (!isSlice(inside) && isMade(inside))) return 'a name that is put together';
  }
  return undefined;
}

const KEYWORDS = new Set('in if else elif and or not is for set return do print with'.split(' '));

const isSubscript = (before: JinjaToken | undefined): boolean =>
  before !== undefined &&
  (before.kind === 'text' ||
    (before.kind === 'name' && !KEYWORDS.has(before.value)) ||
    (before.kind === 'operator' && (before.value === ')' || before.value === ']' || before.value === '}')));

/** A slice takes numbers; there is no attribute of that kind. */
function isSlice(inside: readonly JinjaToken[]): boolean {
  let depth = 0;
  return inside.some((token) => {
    depth += depthChange(token);
    return depth === 0 && isOperator(token, ':');
  });
}
