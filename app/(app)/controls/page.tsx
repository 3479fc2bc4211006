import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ControlsView } from '@/components/controls/controls-view';
import { FeatureMessages } from '@/components/feature-messages';
import { NoRight } from '@/components/ui/no-right';
import { PageHeader } from '@/components/ui/page-header';
import { catalogue } from '@/db/catalogue';
import { listControls } from '@/lib/features/catalogue/queries';
import { ListControls } from '@/lib/features/catalogue/schema';
import { readerLocale } from '@/lib/web/i18n';
import { load } from '@/lib/web/page';
import { pick, type Search } from '@/lib/web/search';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('controls'))('title') };
}

export default async function ControlsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const t = await getTranslations('controls');
  const locale = await readerLocale();
  const controls = await load(listControls, { ...pick(await searchParams, ListControls), locale });
  if (!controls.allowed) return <NoRight />;
  const obligations = catalogue(locale).obligations.map(({ id, reference, title }) => ({
    value: id,
    label: `${reference} ${title}`,
  }));
  return (
    <FeatureMessages of={['controls', 'controlTitles']}>
      <PageHeader title={t('title')} sentence={t('sentence', { count: catalogue().controls.length })} />
      <ControlsView items={controls.data.items} total={catalogue().controls.length} obligations={obligations} />
    </FeatureMessages>
  );
}
