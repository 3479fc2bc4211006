import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EntitiesView } from '@/components/entities/entities-view';
import { FeatureMessages } from '@/components/feature-messages';
import { ButtonLink } from '@/components/ui/button-link';
import { NoRight } from '@/components/ui/no-right';
import { PageHeader } from '@/components/ui/page-header';
import { catalogue } from '@/db/catalogue';
import { listEntities } from '@/lib/features/entities/queries';
import { ListEntities } from '@/lib/features/entities/schema';
import { allowedTo, load, requireUser } from '@/lib/web/page';
import { pick, type Search } from '@/lib/web/search';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('entities'))('title') };
}

export default async function EntitiesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const [t, user, search] = await Promise.all([getTranslations('entities'), requireUser(), searchParams]);
  const entities = await load(listEntities, { ...pick(search, ListEntities), limit: 200 });
  if (!entities.allowed) return <NoRight />;
  const { items } = entities.data;
  const mayWrite = allowedTo(user).includes('entity:write');
  return (
    <FeatureMessages of={['entities']}>
      <PageHeader
        title={t('title')}
        sentence={t('sentence')}
        actions={
          mayWrite && (
            <ButtonLink href="/entities/new" variant="contained" color="primary">
              {t('add')}
            </ButtonLink>
          )
        }
      />
      <EntitiesView
        items={items}
        countries={[...new Set(items.map(({ country }) => country))].toSorted()}
        sectors={catalogue().sectors.map(({ id }) => id)}
        mayWrite={mayWrite}
      />
    </FeatureMessages>
  );
}
