import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FeatureMessages } from '@/components/feature-messages';
import { CompareView } from '@/components/reports/compare-view';
import { NoRight } from '@/components/ui/no-right';
import { listReports } from '@/lib/features/reports/queries';
import { compareSnapshots } from '@/lib/features/snapshots/queries';
import { load } from '@/lib/web/page';
import type { Search } from '@/lib/web/search';

/** Months offered for comparison: three years. */
const MONTHS = 36;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reports.compare'))('title') };
}

export default async function ComparePage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const reports = await load(listReports, { limit: MONTHS });
  if (!reports.allowed) return <NoRight />;
  const months = reports.data.items.map(({ snapshot, month, asOf }) => ({ snapshot, month, asOf }));
  const known = new Set(months.map(({ snapshot }) => snapshot));
  const chosen = (name: string) => (typeof search[name] === 'string' && known.has(search[name]) ? search[name] : null);
  const to = chosen('month') ?? months[0]?.snapshot;
  const from = chosen('with') ?? months.find(({ snapshot }) => snapshot !== to)?.snapshot;
  const compared = to && from ? await load(compareSnapshots, { id: to, with: from }) : null;
  return (
    <FeatureMessages of={['reports']}>
      <CompareView
        months={months}
        comparison={compared?.allowed ? compared.data : null}
        chosen={to && from ? { from, to } : null}
      />
    </FeatureMessages>
  );
}
