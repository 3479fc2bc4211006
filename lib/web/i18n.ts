import { getLocale, getRequestConfig } from 'next-intl/server';
import { cookies, headers } from 'next/headers';
import { chooseLocale, LANGUAGE_TAGS, type Locale, loadMessages, localeOf } from '@/messages/load';

/** Where most of our readers are; the browser's own zone arrives by cookie with the first visit. */
const DEFAULT_TIME_ZONE = 'Europe/Brussels';

/** next-intl's request configuration: the locale is a preference of the person, never a part of the address. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(jar.get('locale')?.value, head.get('accept-language'));
  return {
    locale: LANGUAGE_TAGS[locale],
    messages: loadMessages(locale),
    timeZone: knownTimeZone(jar.get('time-zone')?.value) ?? DEFAULT_TIME_ZONE,
    now: new Date(),
  };
});

/** The language this request is answered in, for texts that are no messages: the catalogue's. */
export async function readerLocale(): Promise<Locale> {
  return localeOf(await getLocale());
}

function knownTimeZone(name: string | undefined): string | undefined {
  if (!name) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
