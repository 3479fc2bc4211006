import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { FeatureMessages } from '@/components/feature-messages';
import type { ColumnGrouping } from '@/components/heatmap/heatmap-types';
import { HeatmapView } from '@/components/heatmap/heatmap-view';
import { NoRight } from '@/components/ui/no-right';
import { NotFrozen } from '@/components/ui/not-frozen';
import { waitsForFreeze } from '@/components/readiness/waits-for-freeze';
import { getHeatmap } from '@/lib/features/heatmap/queries';
import { GetHeatmap } from '@/lib/features/heatmap/schema';
import { listSnapshots } from '@/lib/features/snapshots/queries';
import { load, requireUser } from '@/lib/web/page';

/** Frozen months that can be compared with. */
const MONTHS = 24;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('heatmap'))('title') };
}

export default async function HeatmapPage({ searchParams }: { searchParams: Promise<Record<string, string>> }) {
  const { by = 'layer', asOf, entity, compare, group } = await searchParams;
  const asked = GetHeatmap.safeParse({ by, asOf, entity, compare });
  if (!asked.success) notFound();
  const user = await requireUser();
  if (waitsForFreeze(user)) return <NotFrozen />;
  const [heatmap, months] = await Promise.all([load(getHeatmap, asked.data), load(listSnapshots, { limit: MONTHS })]);
  if (!heatmap.allowed) return <NoRight />;
  const answer = heatmap.data.value;
  return (
    <FeatureMessages of={['heatmap', 'readiness', 'controlTitles']}>
      <HeatmapView
        answer={answer}
        grouping={answer.by === 'sector' ? 'sector' : groupingOf(group)}
        compareWith={compare ?? null}
        months={months.allowed ? [...new Set(months.data.items.map(({ month }) => month))] : []}
        apiQuery={apiQuery({ by, asOf, entity, compare })}
      />
    </FeatureMessages>
  );
}

/** The query of the API that gives the same picture, for the drawer and the CSV. */
function apiQuery(asked: Record<string, string | undefined>): string {
  const given = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given).toString();
}

function groupingOf(asked: string | undefined): ColumnGrouping {
  return asked === 'sector' || asked === 'none' ? asked : 'country';
}
