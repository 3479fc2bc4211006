import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { FeatureMessages } from '@/components/feature-messages';
import { ObligationsView } from '@/components/obligations/obligations-view';
import { NoRight } from '@/components/ui/no-right';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { catalogue } from '@/db/catalogue';
import { listObligations } from '@/lib/features/catalogue/queries';
import { ListObligations } from '@/lib/features/catalogue/schema';
import { listFrameworks } from '@/lib/features/frameworks/queries';
import { readerLocale } from '@/lib/web/i18n';
import { load } from '@/lib/web/page';
import { pick, type Search } from '@/lib/web/search';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('obligations'))('title') };
}

export default async function ObligationsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  if (typeof search.open === 'string') redirect(`/obligations/${encodeURIComponent(search.open)}`);
  const t = await getTranslations('obligations');
  const [duties, frameworks] = await Promise.all([
    load(listObligations, { ...pick(search, ListObligations), locale: await readerLocale() }),
    load(listFrameworks, {}),
  ]);
  if (!duties.allowed) return <NoRight />;
  const { items } = duties.data;
  const answerable = items.filter(({ controls }) => controls > 0);
  const answered = answerable.filter(
    ({ status }) => status.assessments > 0 && status.accepted === status.assessments,
  ).length;
  return (
    <FeatureMessages of={['obligations', 'dutyTitles', 'controls']}>
      <PageHeader title={t('title')} sentence={t('sentence', { answered, total: answerable.length })} />
      <ObligationsView items={items} total={catalogue().obligations.length} />
      {frameworks.allowed && (
        <Section title={t('otherFrameworks')}>
          <p>
            {frameworks.data.items.map(({ id, name }, index) => (
              <span key={id}>
                {index > 0 && ' · '}
                <Link href={`/frameworks/${id}`}>{name}</Link>
              </span>
            ))}
          </p>
          <p>{t('disclaimer')}</p>
        </Section>
      )}
    </FeatureMessages>
  );
}
