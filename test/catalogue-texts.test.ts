import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { catalogue, catalogueTranslation, type TranslatedFile } from '@/db/catalogue';

type Texts = { id: string; texts: Record<string, string | null | Record<string, string>> };

const { controls, obligations, requirements, classificationRules } = catalogue();
const ENGLISH: Record<TranslatedFile, Texts[]> = {
  controls: controls.map(({ id, title, statement, weight_reason, metric, maturity }) => ({
    id,
    texts: { title, statement, weight_reason, metric, maturity },
  })),
  obligations: obligations.map(({ id, instrument, reference, title, summary, notes }) => ({
    id,
    texts: { instrument, reference, title, summary, notes },
  })),
  'requirements-2024-2690': requirements.map(({ id, title, summary }) => ({ id, texts: { title, summary } })),
  sectors: classificationRules.map(({ id, reference, description }) => ({ id, texts: { reference, description } })),
};

describe.each(Object.entries(ENGLISH))('the German texts of %s', (file, english) => {
  const german = catalogueTranslation(file as TranslatedFile, 'de');

  it('are there for every id, and for no other', () => {
    expect(Object.keys(german).toSorted()).toEqual(english.map(({ id }) => id).toSorted());
  });

  it('were written from the English texts as they stand now', () => {
    const stale = english.filter(({ id, texts }) => german[id]!.of !== fingerprint(texts)).map(({ id }) => id);
    expect(stale).toEqual([]);
  });

  it('leave out no text, and are no English', () => {
    const missing = english.flatMap(({ id, texts }) =>
      pairs(texts, german[id]!)
        .filter(([source, text]) => !text?.trim() || (text === source && source.split(' ').length > 3))
        .map(([source]) => `${id}: ${source}`),
    );
    expect(missing).toEqual([]);
  });

  it('name the same numbers', () => {
    const differing = english.flatMap(({ id, texts }) =>
      pairs(texts, german[id]!)
        .filter(([source, text]) => numbers(source).some((number) => !numbers(text ?? '').includes(number)))
        .map(([source, text]) => ({ id, source, text })),
    );
    expect(differing).toEqual([]);
  });
});

describe('catalogue("de")', () => {
  it('changes texts and nothing else', () => {
    const bare = (language: 'en' | 'de') =>
      catalogue(language).controls.map(
        ({ title: _t, statement: _s, weight_reason: _w, metric: _m, maturity: _l, ...rest }) => rest,
      );
    expect(bare('de')).toEqual(bare('en'));
    expect(catalogue('de').controlById.get('GOV-01')!.title).toBe(
      'Das Leitungsorgan billigt die Maßnahmen zu Cyber- und KI-Risiken',
    );
  });
});

function fingerprint(texts: Texts['texts']): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.values(texts)))
    .digest('hex')
    .slice(0, 12);
}

/** Each English text with the German one in its place; a text that is empty in English needs none. */
function pairs(english: Texts['texts'], german: Record<string, unknown>): [string, string | undefined][] {
  return Object.entries(english).flatMap(([key, value]) => {
    if (value === null || value === '') return [];
    if (typeof value === 'string') return [[value, german[key] as string | undefined] as [string, string | undefined]];
    return pairs(value, (german[key] ?? {}) as Record<string, unknown>);
  });
}

function numbers(text: string): string[] {
  return text.match(/\d+(?:[.,]\d+)*/g)?.map((number) => number.replace(',', '.')) ?? [];
}
