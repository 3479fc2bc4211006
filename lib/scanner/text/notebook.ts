import type { ScanContext } from '../scan-context';
import { scanRemoteCodeSwitch } from './scan-python';
import { scanSecrets } from './secrets';
import { scanText } from './text-dangers';

interface Cell {
  cell_type?: unknown;
  source?: unknown;
  outputs?: unknown;
}

/** Package installs and looking around are what shell magics are for. */
const ORDINARY_SHELL =
  /^\s*(?:[!%]+\s*)?(?:pip3?|conda|mamba|apt(?:-get)?|uv|python3? -m pip|ls|pwd|cd|nvidia-smi|echo|mkdir|head|tail|wc|git (?:clone|lfs|pull)|unzip|tar|du|df|free)\b(?![^\n]*(?:\|\s*(?:ba|z)?sh\b|&&|;|\$\(|`))/;
const SHELL_MAGIC = /^[ \t]*(?:![^\n=].*|%%(?:bash|sh|script|system|cmd|perl|ruby)\b.*|%(?:sx|system|sc)\b.*)$/gm;
const ACTIVE_HTML =
  /<script\b[^>]{0,500}>[\s\S]{0,4000}?(?:fetch\s*\(|XMLHttpRequest|document\.cookie|eval\s*\(|localStorage|\.src\s*=|window\.location|navigator\.sendBeacon|atob\s*\()|<(?:img|svg|body|iframe|object|embed)\b[^>]{0,1000}\bon(?:error|load|click|mouseover)\s*=|<iframe\b[^>]{0,1000}src\s*=\s*["']?javascript:/i;

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

function scanCode(text: string, cell: number, context: ScanContext): void {
  scanRemoteCodeSwitch(text, context, { cell });
  for (const [command] of text.matchAll(SHELL_MAGIC)) {
    const body = command.trimStart().startsWith('%%') ? text : command;
    if (ORDINARY_SHELL.test(command)) continue;
    const line = text.slice(0, text.indexOf(command)).split('\n').length;
    context.report({
      ruleId: 'NBK-002',
      message: 'A cell runs a shell command',
      location: { cell, line },
      identity: body.trim().slice(0, 200),
    });
  }
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
  const isScript =
    kind.includes('javascript') && /fetch\s*\(|XMLHttpRequest|document\.cookie|eval\s*\(|sendBeacon/.test(content);
  if (!isScript && !ACTIVE_HTML.test(content)) return;
  context.report({
    ruleId: 'NBK-003',
    message: `An output of type ${kind} carries script`,
    location: { cell },
    identity: kind,
  });
}

function joinLines(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('') : '';
}
