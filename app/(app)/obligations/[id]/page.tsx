import type { Metadata } from 'next';
import { FeatureMessages } from '@/components/feature-messages';
import { ObligationView } from '@/components/obligations/obligation-view';
import { NoRight } from '@/components/ui/no-right';
import { getObligation } from '@/lib/features/catalogue/queries';
import { readerLocale } from '@/lib/web/i18n';
import { load } from '@/lib/web/page';

type Properties = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Properties): Promise<Metadata> {
  return { title: (await params).id };
}

export default async function ObligationPage({ params }: Properties) {
  const duty = await load(getObligation, {
    id: decodeURIComponent((await params).id),
    locale: await readerLocale(),
  });
  if (!duty.allowed) return <NoRight />;
  return (
    <FeatureMessages of={['obligations', 'controls']}>
      <ObligationView detail={duty.data} />
    </FeatureMessages>
  );
}
