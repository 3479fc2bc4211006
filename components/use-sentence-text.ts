'use client';

import { useTranslations } from 'next-intl';
import type { Sentence } from './problem';

/** Says what the server means in the reader's language; `english` is what the server wrote, for a key this release does not know. */
export function useSentenceText(): (sentence: Sentence, english: string) => string {
  const t = useTranslations('problems');
  return ({ key, values }, english) => (key !== undefined && t.has(key) ? t(key, values) : english);
}

/** The field's name as people say it, or its path in the request when nobody has named it. */
export function useFieldName(): (path: string) => string {
  const t = useTranslations('ui.fields');
  return (path) => {
    const name = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path;
    return t.has(name) ? t(name) : path;
  };
}
