import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FeatureMessages } from '@/components/feature-messages';
import { ReportsView } from '@/components/reports/reports-view';
import { NoRight } from '@/components/ui/no-right';
import { listReports } from '@/lib/features/reports/queries';
import { ListReports } from '@/lib/features/reports/schema';
import { allowedTo, load, requireUser } from '@/lib/web/page';
import { pick, type Search } from '@/lib/web/search';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reports'))('title') };
}

export default async function ReportsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const user = await requireUser();
  const reports = await load(listReports, pick(search, ListReports));
  if (!reports.allowed) return <NoRight />;
  return (
    <FeatureMessages of={['reports']}>
      <ReportsView
        items={reports.data.items}
        next={reports.data.next}
        openId={typeof search.read === 'string' ? search.read : null}
        currentMonth={reports.data.currentMonth}
        mayMake={allowedTo(user).includes('report:make')}
      />
    </FeatureMessages>
  );
}
