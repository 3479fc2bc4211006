import type { ScanContext } from '../scan-context';
import { findHiddenText } from './hidden-text';
import { scoreEncodedInjection, scoreInjection } from './injection';

/** Where a text stands, for people. */
export interface TextPlace {
  /** 1-based line of its first character. */
  line?: number;
  cell?: number;
  row?: number;
}

/** Scripts in links, embedded documents, and bare addresses with a path; loopback and private ones are examples. */
const DANGEROUS_URL =
  /\b(?:javascript|vbscript):\s?[^\s"'<>]{0,100}\(|\bdata:text\/html[;,][^\s"'<>]{16,}|\bhttps?:\/\/(?!127\.|10\.|192\.168\.|0\.0\.0\.0|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|[18]\.[18]\.)(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\/[^\s"'<>]{0,300}\.(?:sh|exe|ps1|py|bat|dll|elf|bin|scr|hta|jar)\b/i;

/** Prompt injection, hidden text, encoded orders and dangerous links of one text (DAT-001 to DAT-004). */
export function scanText(text: string, place: TextPlace, context: ScanContext): void {
  const injection = scoreInjection(text);
  if (injection !== undefined && injection.level !== 'LOW') {
    context.report({
      ruleId: 'DAT-001',
      severity: injection.level,
      confidence: Math.min(1, Math.round(injection.score * 50) / 100),
      message: `The text gives orders to a model: ${injection.signs.slice(0, 5).join(', ')}`,
      location: locate(text, injection.index, place),
      evidence: { snippetRedacted: snippet(text, injection.index) },
    });
  }
  const encoded = scoreEncodedInjection(text);
  if (encoded !== undefined && injection?.level !== 'HIGH') {
    const message = `Decoded, the text gives orders to a model: ${encoded.signs.slice(0, 5).join(', ')}`;
    context.report({
      ruleId: 'DAT-003',
      message,
      location: locate(text, encoded.index, place),
      identity: snippet(text, encoded.index),
    });
  }
  const hidden = findHiddenText(text);
  if (hidden !== undefined) {
    const isOrder = (scoreInjection(hidden.content)?.level ?? 'LOW') !== 'LOW';
    context.report({
      ruleId: 'DAT-002',
      severity: isOrder ? 'HIGH' : undefined,
      message: `The text is hidden by ${hidden.kind}`,
      location: locate(text, hidden.index, place),
      identity: `${hidden.kind} ${hidden.content.slice(0, 80)}`,
    });
  }
  const url = DANGEROUS_URL.exec(text);
  if (url !== null) {
    context.report({
      ruleId: 'DAT-004',
      message: `Link: ${url[0].slice(0, 80)}`,
      location: locate(text, url.index, place),
      identity: url[0],
    });
  }
}

function locate(text: string, index: number, { line, cell, row }: TextPlace): TextPlace {
  let lines = 0;
  if (line !== undefined)
    for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) lines += 1;
  return {
    ...(line === undefined ? {} : { line: line + lines }),
    ...(cell === undefined ? {} : { cell }),
    ...(row === undefined ? {} : { row }),
  };
}

const snippet = (text: string, index: number): string =>
  text
    .slice(Math.max(0, index), index + 120)
    .replaceAll(/\p{C}+/gu, ' ')
    .replaceAll(/[A-Za-z0-9+/_-]{24,}/g, '[…]')
    .trim();
