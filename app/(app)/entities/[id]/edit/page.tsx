import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EntityForm } from '@/components/entities/entity-form';
import { sectorOptions } from '@/components/entities/sector-options';
import { FeatureMessages } from '@/components/feature-messages';
import { NoRight } from '@/components/ui/no-right';
import { PageHeader } from '@/components/ui/page-header';
import { catalogue } from '@/db/catalogue';
import { getEntity } from '@/lib/features/entities/queries';
import { allowedTo, load, requireUser } from '@/lib/web/page';

type Properties = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('entities'))('edit') };
}

export default async function EditEntityPage({ params }: Properties) {
  const [{ id }, t, user] = await Promise.all([params, getTranslations('entities'), requireUser()]);
  const entity = await load(getEntity, { id });
  if (!entity.allowed || !allowedTo(user).includes('entity:write')) return <NoRight />;
  const trail = [
    { label: t('title'), href: '/entities' },
    { label: entity.data.name, href: `/entities/${id}` },
  ];
  return (
    <FeatureMessages of={['classificationRules', 'entities', 'entityTypes']}>
      <PageHeader title={t('edit')} trail={trail} sentence={t('wizardSentence')} />
      <EntityForm entity={entity.data} sectors={sectorOptions(catalogue().sectors)} />
    </FeatureMessages>
  );
}
