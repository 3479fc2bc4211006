import { createTranslator } from 'next-intl';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseLocale, DEFAULT_LOCALE, loadMessages, LOCALES, type MessageTree } from '@/messages/load';

const root = path.resolve(import.meta.dirname, '..');
const flat = new Map(LOCALES.map((locale) => [locale, flatten(loadMessages(locale))]));
const reference = flat.get(DEFAULT_LOCALE)!;

describe('the messages', () => {
  it('were found: every locale has files and every file has texts', () => {
    for (const texts of flat.values()) expect(texts.size).toBeGreaterThan(100);
  });

  it.each(LOCALES)('have the same keys in %s as in English', (locale) => {
    expect([...flat.get(locale)!.keys()].toSorted()).toEqual([...reference.keys()].toSorted());
  });

  it.each(LOCALES)('are never empty in %s', (locale) => {
    expect([...flat.get(locale)!].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each(LOCALES)('take the same arguments in %s as in English', (locale) => {
    const differing = [...flat.get(locale)!]
      .map(([key, text]) => ({ key, takes: argumentsOf(text), english: argumentsOf(reference.get(key) ?? '') }))
      .filter(({ takes, english }) => takes.join() !== english.join());
    expect(differing).toEqual([]);
  });

  it.each(LOCALES)('are valid ICU messages in %s', (locale) => {
    const failures: string[] = [];
    const t = createTranslator({
      locale,
      messages: loadMessages(locale),
      timeZone: 'UTC',
      onError: (error) => failures.push(error.message),
    });
    for (const [key, text] of flat.get(locale)!) void t.rich(key as never, sampleValues(text) as never);
    expect(failures).toEqual([]);
  });

  it('are written in German where they tell of a problem, not left in English', () => {
    const same = [...flat.get('de')!].filter(
      ([key, text]) => key.startsWith('problems.') && text === reference.get(key),
    );
    expect(same).toEqual([]);
  });

  it('speak to German readers with Sie', () => {
    const familiar = /\b(du|dich|dir|dein(e|en|em|er|es)?)\b/i;
    expect([...flat.get('de')!].filter(([, text]) => familiar.test(text))).toEqual([]);
  });
});

describe('the sources', () => {
  const uses = sourceFiles().flatMap(usesIn);

  it('were looked at', () => {
    expect(uses.length).toBeGreaterThan(50);
  });

  it('name only namespaces that exist', () => {
    const unknown = uses.filter(({ namespaces }) => namespaces.some((name) => !isGroup(name)));
    expect(unknown).toEqual([]);
  });

  it('name only keys that exist', () => {
    const unknown = uses.filter(
      ({ namespaces, key }) => key !== undefined && !namespaces.some((name) => reference.has(`${name}.${key}`)),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the sentences of problems', () => {
  const sentences = [...reference.keys()].filter((key) => key.startsWith('problems.')).map((key) => key.slice(9));
  const server = sourceFiles()
    .filter((file) => path.relative(root, file).startsWith('lib'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

  it('were found', () => {
    expect(sentences.length).toBeGreaterThan(150);
  });

  it('are all said somewhere', () => {
    const unsaid = sentences.filter((key) => {
      const [group, name] = key.split('.');
      const isNamed = server.includes(`'${key}'`);
      return (
        !isNamed &&
        !(server.includes(`notFound('${name}')`) && group === 'missing') &&
        !(server.includes(`stale('${name}')`) && group === 'stale')
      );
    });
    expect(unsaid).toEqual([]);
  });
});

describe('argumentsOf', () => {
  it.each([
    ['{a} and {b, number} <i>x</i>', ['<i>', 'a', 'b:number']],
    ['{n, plural, =0 {nothing} one {# of {total}} other {#}}', ['n:plural', 'total']],
    ['{k, select, up {rose {n, plural, one {a} other {b}}} other {stayed}}', ['k:select', 'n:plural']],
  ])('reads %s', (text, expected) => {
    expect(argumentsOf(text)).toEqual(expected);
  });
});

describe('chooseLocale', () => {
  it.each([
    ['de', 'en-GB,en;q=0.9', 'de'],
    [undefined, 'de-AT,de;q=0.9,en;q=0.8', 'de'],
    [undefined, 'fr-FR,en;q=0.5,de;q=0.7', 'de'],
    [undefined, 'de;q=0, en', 'en'],
    ['xx', 'fr', 'en'],
    [undefined, null, 'en'],
  ])('for cookie %s and header %s answers %s', (cookie, header, locale) => {
    expect(chooseLocale(cookie, header)).toBe(locale);
  });
});

function flatten(tree: MessageTree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

function isGroup(namespace: string): boolean {
  return [...reference.keys()].some((key) => key.startsWith(`${namespace}.`));
}

/** Names (and kinds) of the arguments and tags of an ICU message, sorted; branches of plural and select included. */
function argumentsOf(text: string): string[] {
  const tags = [...text.matchAll(/<(\w+)>/g)].map((match) => `<${match[1]}>`);
  return [...new Set([...bracesOf(text).flatMap(argumentOf), ...tags])].toSorted();
}

function argumentOf(inside: string): string[] {
  const [name = '', kind, ...options] = inside.split(',').map((part) => part.trim());
  if (kind === undefined) return [name];
  const branches = bracesOf(options.join(','));
  return [`${name}:${kind}`, ...branches.flatMap((branch) => bracesOf(branch).flatMap(argumentOf))];
}

/** What stands inside each outermost pair of braces. */
function bracesOf(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '{') {
      if (depth === 0) start = at + 1;
      depth += 1;
    } else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) found.push(text.slice(start, at));
    }
  }
  return found;
}

function sampleValues(text: string): Record<string, string | number | Date | ((chunks: unknown) => string)> {
  return Object.fromEntries(
    argumentsOf(text).map((argument) => {
      if (argument.startsWith('<')) return [argument.slice(1, -1), String];
      const [name = '', kind] = argument.split(':');
      if (kind === 'date' || kind === 'time') return [name, new Date(0)];
      if (kind === 'select') return [name, 'other'];
      return [name, kind ? 2 : 'x'];
    }),
  );
}

function sourceFiles(): string[] {
  return ['app', 'components', 'lib'].flatMap((room) =>
    readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
      .map((name) => path.join(root, room, name)),
  );
}

interface Use {
  file: string;
  namespaces: string[];
  key?: string;
}

/** Literal namespaces of a file, and the literal keys its translators are called with. */
function usesIn(file: string): Use[] {
  const text = readFileSync(file, 'utf8');
  const name = path.relative(root, file);
  const translators = new Map<string, string[]>();
  const binding =
    /(\w+)\s*(?:,\s*\w+\s*\])?\s*=\s*(?:await\s+)?(?:use|get)Translations\(\s*(?:\{[^}]*namespace:\s*)?'([^']+)'/g;
  for (const [, variable = '', namespace = ''] of text.matchAll(binding)) {
    translators.set(variable, [...(translators.get(variable) ?? []), namespace]);
  }
  const declared = [...text.matchAll(/(?:use|get)Translations\(\s*(?:\{[^}]*namespace:\s*)?'([^']+)'/g)];
  const named = declared.map((match) => ({ file: name, namespaces: [match[1]!] }));
  const called = [...translators].flatMap(([variable, namespaces]) =>
    [...text.matchAll(new RegExp(`\\b${variable}(?:\\.rich|\\.markup|\\.raw)?\\(\\s*'([^']+)'`, 'g'))].map((match) => ({
      file: name,
      namespaces,
      key: match[1]!,
    })),
  );
  return [...named, ...called];
}
