import { EMBEDDED_ORDERS } from './embedded-orders';
import { FOREIGN_PATTERNS, INJECTION_PATTERNS, type InjectionPattern } from './injection-patterns';
import { ADDRESS_PATTERNS, PERSONA_PATTERNS } from './persona-patterns';

export interface InjectionScore {
  /** Sum of the weights of the signs found. */
  score: number;
  /** HIGH: one sign that nothing else explains, or several that add up. LOW: not worth a finding. */
  level: 'HIGH' | 'MEDIUM' | 'LOW';
  signs: string[];
  /** Index of the first sign in the text. */
  index: number;
}

/**
 * Words that stand near every sign: data without them, above all tables of numbers, needs no closer look. A new sign
 * must have one of them, or its example in the tests is not found.
 */
const PREFILTER =
  /ignor|disregard|forget|overrid|bypass|discard|\bDAN\b|anything now|jailb|mode|character|pretend|act as|imagine|role-?play|simulat|restriction|filter|refuse|uncensor|unfilter|amoral|unethic|immoral|illegal|offensive|harmful|inappropriate|polic|prompt|instruction|directive|\bai\b|language model|llm|<\||\[\/?INST|<<|system|assistant|token|review|from now on|you are now|anything|any |without|user_|task|objective|command|\.-\.-|blocked|above|<important|goal|mission|purpose|protocol|guardrail|refusal|denial|orders|notice|update|forbidden|banned|g0d|llama|claude|gemini|copilot|codex|grok|deepseek|pliny|leet|vergiss|missacht|oubli|olvida|omite|descarta|<\/?s/i;

/** Texts longer than this are scored window by window, so that signs far apart do not add up. */
const WINDOW = 4_000;
const OVERLAP = 400;

/** The strongest window of a text; undefined when nothing points to an injection. */
export function scoreInjection(text: string): InjectionScore | undefined {
  let best: InjectionScore | undefined;
  for (let start = 0; start < text.length; start += WINDOW - OVERLAP) {
    const part = normalise(text.slice(start, start + WINDOW));
    if (PREFILTER.test(part)) {
      const found = scoreWindow(part, start);
      if (found !== undefined && (best === undefined || found.score > best.score)) best = found;
    }
    if (start + WINDOW >= text.length) break;
  }
  return best;
}

/** A persona can also be described without a word to the reader: by what it never refuses, or that it has no morals. */
const OPENERS = new Set([
  'never-refuse',
  'amoral',
  'stay-in-character',
  'developer-mode',
  'openai-policy',
  'jailbreak',
  'any-content',
  'without-refusal',
]);

interface FoundSign {
  pattern: InjectionPattern;
  index: number;
}

function scoreWindow(plain: string, offset: number): InjectionScore | undefined {
  const found = [...INJECTION_PATTERNS, ...EMBEDDED_ORDERS, ...FOREIGN_PATTERNS].flatMap((one) => find(one, plain));
  const addressed = ADDRESS_PATTERNS.flatMap((one) => find(one, plain));
  if (addressed.length > 0 || found.some(({ pattern }) => OPENERS.has(pattern.id)))
    found.push(...addressed, ...PERSONA_PATTERNS.flatMap((one) => find(one, plain)));
  if (found.length === 0) return undefined;
  const score = found.reduce((sum, { pattern }) => sum + pattern.weight, 0);
  const strongest = Math.max(...found.map(({ pattern }) => pattern.weight));
  return {
    score,
    level: levelOf(score, strongest),
    signs: found.map(({ pattern }) => pattern.id),
    index: offset + Math.min(...found.map(({ index }) => index)),
  };
}

function find(pattern: InjectionPattern, plain: string): FoundSign[] {
  const index = plain.search(pattern.pattern);
  return index < 0 ? [] : [{ pattern, index }];
}

/** Ordinary texts have one weak sign now and then, licences above all; a single weak sign is therefore none. */
function levelOf(score: number, strongest: number): InjectionScore['level'] {
  if (strongest >= 1 || score >= 1.9) return 'HIGH';
  return strongest >= 0.8 || score >= 1.5 ? 'MEDIUM' : 'LOW';
}

/** Cyrillic letters that look like Latin ones. */
const LATIN_OF = new Map(Array.from('аеорсухіѕАЕОРСУХІЅ', (letter, i) => [letter, 'aeopcyxisAEOPCYXIS'[i]!]));

/** Undoes look-alike letters, letters struck through, invisible characters and typographic quotes. */
export function normalise(text: string): string {
  if (!/\P{ASCII}/u.test(text)) return text;
  return text
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\u0300-\u036F]/gu, '')
    .replaceAll(/[‘’ʼ]/g, "'")
    .replaceAll(/[аеорсухіѕАЕОРСУХІЅ]/g, (letter) => LATIN_OF.get(letter) ?? letter);
}

const ENCODED = /\b[A-Za-z0-9+/]{40,}={0,2}|\b(?:[0-9a-fA-F]{2}[\s:]?){30,}/g;
const MAX_ENCODED = 200;

/** Injections that stand in base64, hexadecimal, rot13, reversed text or with digits for letters. */
export function scoreEncodedInjection(text: string): InjectionScore | undefined {
  let seen = 0;
  for (const match of text.matchAll(ENCODED)) {
    seen += 1;
    if (seen > MAX_ENCODED) break;
    const decoded = decodeText(match[0]);
    const found = decoded === undefined ? undefined : scoreInjection(decoded);
    if (found !== undefined && found.level !== 'LOW') return { ...found, index: match.index };
  }
  if (text.length > 20_000) return undefined;
  for (const turned of [rot13(text), Array.from(text).toReversed().join(''), withoutDigits(text)]) {
    if (!/\b(?:ignore|disregard|forget)\b/i.test(turned)) continue;
    const found = scoreInjection(turned);
    if (found?.level === 'HIGH') return { ...found, index: 0 };
  }
  return undefined;
}

function decodeText(encoded: string): string | undefined {
  const hex = encoded.replaceAll(/[\s:]/g, '');
  const bytes = /^[0-9a-fA-F]+$/.test(hex) ? Buffer.from(hex, 'hex') : Buffer.from(encoded, 'base64');
  const text = bytes.toString('utf8');
  return /[\uFFFD\0]/.test(text) ? undefined : text;
}

function rot13(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

/** “1gn0r3 pr3v10us” read as it is meant. */
function withoutDigits(text: string): string {
  return text.replaceAll(/[01345](?=\w)|(?<=\w)[01345]/g, (digit) => 'oi?eas'[Number(digit)] ?? digit);
}
