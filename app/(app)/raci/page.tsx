import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { z } from 'zod';
import { FeatureMessages } from '@/components/feature-messages';
import { RaciView } from '@/components/raci/raci-view';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { NoRight } from '@/components/ui/no-right';
import { PageHeader } from '@/components/ui/page-header';
import { listEntities } from '@/lib/features/entities/queries';
import { getRaci } from '@/lib/features/raci/queries';
import { GetRaci } from '@/lib/features/raci/schema';
import { allowedTo, load, requireUser } from '@/lib/web/page';
import { pick, type Search } from '@/lib/web/search';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('raci'))('title') };
}

export default async function RaciPage({ searchParams }: { searchParams: Promise<Search> }) {
  const [t, user, search] = await Promise.all([getTranslations('raci'), requireUser(), searchParams]);
  const entities = await load(listEntities, { limit: 200 });
  if (!entities.allowed) return <NoRight />;
  const { layer, entity: wanted } = pick(search, GetRaci) as Partial<z.input<typeof GetRaci>>;
  const entity = wanted ?? entities.data.items[0]?.id;
  if (!entity) {
    return (
      <>
        <PageHeader title={t('title')} sentence={t('sentence')} />
        <EmptyState
          title={t('noEntityTitle')}
          what={t('noEntityWhat')}
          action={<ButtonLink href="/entities/new">{t('addEntity')}</ButtonLink>}
        />
      </>
    );
  }
  const raci = await load(getRaci, { entity, layer });
  if (!raci.allowed) return <NoRight />;
  return (
    <FeatureMessages of={['raci', 'controlTitles']}>
      <PageHeader title={t('titleOf', { entity: raci.data.entity.name })} sentence={t('sentence')} />
      <RaciView
        matrix={raci.data}
        entities={entities.data.items.map(({ id, name }) => ({ value: id, label: name }))}
        mayWrite={allowedTo(user).includes('raci:write')}
      />
    </FeatureMessages>
  );
}
