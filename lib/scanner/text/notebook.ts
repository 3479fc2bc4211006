import type { ScanContext } from '../scan-context';
import { LineCounter } from './line-counter';
import { scanRemoteCodeSwitch } from './scan-python';
import { scanSecrets } from './secrets';
import { kindOfCommand } from './shell-commands';
import { scanText } from './text-dangers';

interface Cell {
  cell_type?: unknown;
  source?: unknown;
  outputs?: unknown;
}

/** `!command`, `names = !command`, `%sx command`, with the lines that a backslash joins. */
const SHELL_MAGIC =
  /^[ \t]*(?:[A-Za-z_][\w, ]{0,100}=[ \t]*)?(?:!!?(?!=)|%(?:sx|system|sc)\b)((?:[^\\\r\n]|\\[^\r\n]|\\\r?\n)*)/gm;
/** The first line of a cell that is a shell script as a whole. */
const SHELL_CELL = /^\s*%%(?:!|(?:bash|sh|script|system|sx|cmd|perl|ruby)\b)[^\n]*\n/;
/** A request, unless it is for a fixed file beside the page: those are an editor's own. */
const REQUEST =
  '(?:\\bfetch\\s{0,8}\\((?!\\s{0,8}["\'`]\\w[\\w./-]{0,200}["\'`]\\s{0,8}\\))|XMLHttpRequest|sendBeacon)';
const SCRIPT_SIGN = new RegExp(`${REQUEST}|document\\.cookie|\\beval\\s{0,8}\\(`);
/** The beginning of a script, or what makes one active. */
const SCRIPT_PART = new RegExp(
  `(<script\\b)|${SCRIPT_SIGN.source}|localStorage|\\.src\\s{0,8}=|window\\.location|\\batob\\s{0,8}\\(`,
  'gi',
);
const MAX_SCRIPT = 4500;
const ACTIVE_HTML =
  /<(?:img|svg|body|iframe|object|embed)\b[^>]{0,1000}\bon(?:error|load|click|mouseover)\s*=|<iframe\b[^>]{0,1000}src\s*=\s*["']?javascript:/i;

export function isNotebook(value: unknown): value is { cells: Cell[] } {
  return (
    typeof value === 'object' && value !== null && 'cells' in value && Array.isArray(value.cells) && 'nbformat' in value
  );
}

/**
 * Looks at what a person wrote and saw: cells and text outputs. Images, cell ids, digests and other metadata are
 * not text and are never looked at.
 */
export async function scanNotebook({ cells }: { cells: Cell[] }, context: ScanContext): Promise<void> {
  context.recognise('notebook');
  for (const [cell, { cell_type: type, source, outputs }] of cells.entries()) {
    if (context.isExpired()) return;
    const text = joinLines(source);
    await scanSecrets(text, `${context.name}.py`, { cell }, context);
    if (type === 'code') scanCode(text, cell, context);
    else scanText(text, { cell, line: 1 }, context);
    if (!Array.isArray(outputs)) continue;
    for (const output of outputs) await scanOutput(output, cell, context);
  }
}

/** A dangerous command is told by itself; that a cell runs other unusual ones is worth one word. */
function scanCode(text: string, cell: number, context: ScanContext): void {
  scanRemoteCodeSwitch(text, context, { cell });
  const lines = new LineCounter(text);
  let isToldOf = false;
  for (const { command, index } of shellCommands(text)) {
    if (context.isExpired()) return;
    const kind = kindOfCommand(command);
    if (kind === 'ordinary' || (kind === 'unusual' && isToldOf)) continue;
    isToldOf ||= kind === 'unusual';
    context.report({
      ruleId: 'NBK-002',
      severity: kind === 'unusual' ? 'LOW' : undefined,
      message: kind === 'unusual' ? 'A cell runs a shell command' : 'A cell runs a dangerous shell command',
      location: { cell, line: lines.before(index) + 1 },
      identity: command.trim().slice(0, 200),
    });
  }
}

function* shellCommands(text: string): Generator<{ command: string; index: number }> {
  const head = SHELL_CELL.exec(text)?.[0];
  if (head !== undefined) yield { command: text.slice(head.length), index: 0 };
  else for (const { 1: command = '', index } of text.matchAll(SHELL_MAGIC)) yield { command: command.trim(), index };
}

async function scanOutput(output: unknown, cell: number, context: ScanContext): Promise<void> {
  if (typeof output !== 'object' || output === null) return;
  const { text, data, traceback } = output as { text?: unknown; data?: unknown; traceback?: unknown };
  const shown = [joinLines(text), joinLines(traceback)];
  for (const [kind, content] of Object.entries((data ?? {}) as Record<string, unknown>)) {
    if (kind.startsWith('image/') && kind !== 'image/svg+xml') continue;
    const part = typeof content === 'object' && !Array.isArray(content) ? '' : joinLines(content);
    if (/html|svg|javascript/.test(kind)) scanActive(kind, part, cell, context);
    if (kind.startsWith('text/')) shown.push(part);
  }
  for (const part of shown) if (part !== '') await scanSecrets(part, context.name, { cell }, context);
}

function scanActive(kind: string, content: string, cell: number, context: ScanContext): void {
  const isScript = kind.includes('javascript') ? SCRIPT_SIGN.test(content) : hasActiveScript(content);
  if (!isScript && !ACTIVE_HTML.test(content)) return;
  context.report({
    ruleId: 'NBK-003',
    message: `An output of type ${kind} carries script`,
    location: { cell },
    identity: kind,
  });
}

/** A sign counts when a script began shortly before it. */
function hasActiveScript(html: string): boolean {
  let script = -MAX_SCRIPT;
  for (const { 1: start, index } of html.matchAll(SCRIPT_PART)) {
    if (start !== undefined) script = index;
    else if (index - script < MAX_SCRIPT) return true;
  }
  return false;
}

function joinLines(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('') : '';
}
