'use client';

import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { keepPreference } from '../theme/preferences';

/** Each language is written in itself: whoever needs the switch may not read the present one. */
export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
] as const;

/** Keeps the language and lets the server render the page again in it. */
export function useLanguage() {
  const router = useRouter();
  const locale = useLocale().split('-')[0];
  function choose(code: string) {
    keepPreference('locale', code);
    router.refresh();
  }
  return { locale, choose };
}
