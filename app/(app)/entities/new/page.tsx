import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EntityForm } from '@/components/entities/entity-form';
import { sectorOptions } from '@/components/entities/sector-options';
import { FeatureMessages } from '@/components/feature-messages';
import { NoRight } from '@/components/ui/no-right';
import { PageHeader } from '@/components/ui/page-header';
import { catalogue } from '@/db/catalogue';
import { allowedTo, requireUser } from '@/lib/web/page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('entities'))('add') };
}

export default async function NewEntityPage() {
  const [t, user] = await Promise.all([getTranslations('entities'), requireUser()]);
  if (!allowedTo(user).includes('entity:write')) return <NoRight />;
  return (
    <FeatureMessages of={['classificationRules', 'entities', 'entityTypes']}>
      <PageHeader title={t('add')} trail={[{ label: t('title'), href: '/entities' }]} sentence={t('wizardSentence')} />
      <EntityForm entity={null} sectors={sectorOptions(catalogue().sectors)} />
    </FeatureMessages>
  );
}
