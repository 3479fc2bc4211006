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
  for (const [expression] of template.matchAll(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g)) {
    const plain = joinStrings(unescape(expression));
    const found = ESCAPES.map((pattern) => pattern.exec(plain)?.[0]).find((match) => match !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unescape(text: string): string {
  return text.replaceAll(/\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\([0-7]{3})/g, (_, hex, unicode, octal) =>
    String.fromCharCode(octal === undefined ? Number.parseInt(hex ?? unicode, 16) : Number.parseInt(octal, 8)),
  );
}

const joinStrings = (text: string): string => text.replaceAll(/(['"])\s*[+~]\s*(['"])/g, '');
