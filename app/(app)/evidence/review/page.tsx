import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ReviewQueue } from '@/components/evidence/review-queue';
import { FeatureMessages } from '@/components/feature-messages';
import { NoRight } from '@/components/ui/no-right';
import { PageHeader } from '@/components/ui/page-header';
import { catalogue } from '@/db/catalogue';
import { listReviews } from '@/lib/features/reviews/queries';
import { ListReviews } from '@/lib/features/reviews/schema';
import { readerLocale } from '@/lib/web/i18n';
import { load } from '@/lib/web/page';
import { pick, type Search } from '@/lib/web/search';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('evidence.review'))('title') };
}

export default async function ReviewPage({ searchParams }: { searchParams: Promise<Search> }) {
  const t = await getTranslations('evidence.review');
  const reviews = await load(listReviews, pick(await searchParams, ListReviews));
  if (!reviews.allowed) return <NoRight />;
  const { items } = reviews.data;
  const controls = new Set(items.flatMap((item) => item.controls.map(({ control }) => control)));
  const { controlById } = catalogue(await readerLocale());
  const statements = Object.fromEntries([...controls].map((id) => [id, controlById.get(id)?.statement ?? '']));
  return (
    <FeatureMessages of={['evidence', 'evidenceTypes', 'controlTitles']}>
      <PageHeader
        title={t('title')}
        sentence={t('sentence', { count: items.filter(({ mayDecide }) => mayDecide).length })}
      />
      <ReviewQueue items={items} statements={statements} />
    </FeatureMessages>
  );
}
