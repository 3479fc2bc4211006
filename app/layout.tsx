import '@fontsource-variable/inter';
import '@fontsource-variable/source-serif-4';
import '@/components/theme/global.css';
import type { Metadata, Viewport } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { FeatureMessages } from '@/components/feature-messages';
import { densityOf, PREFERENCE_COOKIES } from '@/components/theme/preferences';
import { SchemeScript } from '@/components/theme/scheme-script';
import { ThemeRegistry } from '@/components/theme/theme-registry';
import { DARK, LIGHT } from '@/components/theme/tokens';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pages');
  return {
    title: { default: 'Heptad', template: '%s · Heptad' },
    description: t('description'),
    icons: { icon: '/icon.svg' },
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: LIGHT.paper },
    { media: '(prefers-color-scheme: dark)', color: DARK.paper },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, jar, head] = await Promise.all([getLocale(), cookies(), headers()]);
  const nonce = head.get('x-nonce') ?? undefined;
  return (
    <html lang={locale} data-density={densityOf(jar.get(PREFERENCE_COOKIES.density)?.value)} suppressHydrationWarning>
      <head>
        <SchemeScript nonce={nonce} />
      </head>
      <body>
        <ThemeRegistry nonce={nonce}>
          <NextIntlClientProvider messages={{}}>
            <FeatureMessages of={['ui', 'pages']}>{children}</FeatureMessages>
          </NextIntlClientProvider>
        </ThemeRegistry>
      </body>
    </html>
  );
}
