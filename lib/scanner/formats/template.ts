/** Attributes and objects by which a Jinja template leaves its sandbox. */
const ESCAPES: readonly RegExp[] = [
  /__[a-z]{2,24}__/i,
  /\|\s*attr\s*\(/,
  /\b(?:cycler|joiner|lipsum|self)\s*(?:\.|\[)\s*['"]?_/,
  /\b(?:os|subprocess|builtins)\s*\.\s*(?:system|popen|Popen|eval|exec)\b/,
  /\bimport_module\b|\bpopen\s*\(/,
];

/**
 * What makes a chat template dangerous, or undefined (CVE-2024-34359). Only what stands inside `{{ }}` and `{% %}` counts;
 * escapes and joined strings, which hide names, are undone first. Nothing is ever rendered.
 */
export function findTemplateEscape(template: string): string | undefined {
  for (const expression of expressions(template)) {
    const plain = joinStrings(unescape(expression));
    const found = ESCAPES.map((pattern) => pattern.exec(plain)?.[0]).find((match) => match !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What stands between `{{ }}` and between `{% %}`; text without an end is none. */
function* expressions(template: string): Generator<string> {
  for (let at = template.indexOf('{'); at >= 0; at = template.indexOf('{', at)) {
    const close = template[at + 1] === '{' ? '}}' : template[at + 1] === '%' ? '%}' : undefined;
    const end = close === undefined ? at : template.indexOf(close, at + 2);
    if (end < 0) return;
    if (close !== undefined) yield template.slice(at, end + 2);
    at = close === undefined ? at + 1 : end + 2;
  }
}

function unescape(text: string): string {
  return text.replaceAll(/\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\([0-7]{3})/g, (_, hex, unicode, octal) =>
    String.fromCharCode(octal === undefined ? Number.parseInt(hex ?? unicode, 16) : Number.parseInt(octal, 8)),
  );
}

const joinStrings = (text: string): string => text.replaceAll(/(['"])\s*[+~]\s*(['"])/g, '');
