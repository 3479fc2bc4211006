import { catalogue } from '@/db/catalogue';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'en';

/** The tag that dates and numbers are written by: our English readers are Europeans. */
export const LANGUAGE_TAGS: Record<Locale, string> = { en: 'en-GB', de: 'de-DE' };

/** The locale of a language tag: `en-GB` → `en`. */
export function localeOf(tag: string): Locale {
  return LOCALES.find((locale) => tag.split('-')[0] === locale) ?? DEFAULT_LOCALE;
}

/** A message is a text in ICU syntax; groups nest. */
export interface MessageTree {
  [key: string]: string | MessageTree;
}

/** All messages of one locale: one namespace for each file, named like the file. */
export type Messages = Record<string, MessageTree>;

const cache = new Map<Locale, Messages>();

/**
 * Reads `messages/<locale>/*.json` once and keeps it; in development every request reads again, so that a saved
 * text shows at once. Each feature has its own file, so that two people never edit the same one.
 * @throws when a file is missing or is not JSON – a start-up mistake, not a reader's.
 */
export function loadMessages(locale: Locale): Messages {
  const kept = cache.get(locale);
  if (kept && process.env.NODE_ENV !== 'development') return kept;
  const messages = { ...readFolder(path.join(process.cwd(), 'messages', locale)), ...catalogueNames(locale) };
  cache.set(locale, messages);
  return messages;
}

/** What the catalogue calls things is a message too, without standing twice. A dot in an id would nest the message, so it becomes an underscore. */
function catalogueNames(locale: Locale): Messages {
  const { controls, obligations, classificationRules } = catalogue(locale);
  return {
    controlTitles: Object.fromEntries(controls.map(({ id, title }) => [id, title])),
    classificationRules: Object.fromEntries(
      classificationRules.map(({ id, reference, description }) => [id, { reference, description }]),
    ),
    dutyTitles: Object.fromEntries(obligations.map(({ id, title }) => [id.replaceAll('.', '_'), title])),
  };
}

function readFolder(folder: string): Messages {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => [path.basename(name, '.json'), JSON.parse(readFileSync(path.join(folder, name), 'utf8'))]),
  );
}

/** The locale a cookie names, else the first that `Accept-Language` prefers and we speak, else English. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  const chosen = LOCALES.find((locale) => locale === cookie);
  if (chosen) return chosen;
  for (const language of preferredLanguages(acceptLanguage ?? '')) {
    const spoken = LOCALES.find((locale) => locale === language.split('-')[0]?.toLowerCase());
    if (spoken) return spoken;
  }
  return DEFAULT_LOCALE;
}

/** Language ranges of RFC 9110 §12.5.4, most wanted first; a quality of 0 means "not this one". */
function preferredLanguages(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { range, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((entry) => entry.range !== '' && entry.quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map((entry) => entry.range);
}
