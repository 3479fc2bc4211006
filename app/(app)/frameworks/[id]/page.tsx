import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FeatureMessages } from '@/components/feature-messages';
import { FrameworkView } from '@/components/obligations/framework-view';
import { NoRight } from '@/components/ui/no-right';
import { PageHeader } from '@/components/ui/page-header';
import { getFramework } from '@/lib/features/frameworks/queries';
import { readerLocale } from '@/lib/web/i18n';
import { load } from '@/lib/web/page';
import type { Search } from '@/lib/web/search';

type Properties = { params: Promise<{ id: string }>; searchParams: Promise<Search> };

export async function generateMetadata({ params }: Properties): Promise<Metadata> {
  return { title: (await params).id };
}

export default async function FrameworkPage({ params, searchParams }: Properties) {
  const [{ id }, { q }, t] = await Promise.all([params, searchParams, getTranslations('obligations')]);
  const framework = await load(getFramework, {
    id,
    locale: await readerLocale(),
    ...(typeof q === 'string' && { q }),
  });
  if (!framework.allowed) return <NoRight />;
  const { name, version } = framework.data.framework;
  return (
    <FeatureMessages of={['obligations', 'controlTitles']}>
      <PageHeader
        title={name}
        trail={[{ label: t('title'), href: '/obligations' }]}
        sentence={t('framework.sentence', { name, version })}
      />
      <FrameworkView detail={framework.data} />
    </FeatureMessages>
  );
}
