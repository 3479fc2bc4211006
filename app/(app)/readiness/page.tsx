import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { FeatureMessages } from '@/components/feature-messages';
import { ReadinessView } from '@/components/readiness/readiness-view';
import { NoRight } from '@/components/ui/no-right';
import { NotFrozen } from '@/components/ui/not-frozen';
import { waitsForFreeze } from '@/components/readiness/waits-for-freeze';
import { getReadiness } from '@/lib/features/readiness/queries';
import { GetReadiness } from '@/lib/features/readiness/schema';
import { listSnapshots } from '@/lib/features/snapshots/queries';
import { load, requireUser } from '@/lib/web/page';

/** A year, and the month before it to compare with; corrections of a month count too. */
const SNAPSHOTS = 24;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('readiness'))('title') };
}

export default async function ReadinessPage({ searchParams }: { searchParams: Promise<Record<string, string>> }) {
  const { entity, asOf } = await searchParams;
  const asked = GetReadiness.safeParse({ entity, asOf });
  if (!asked.success) notFound();
  const user = await requireUser();
  if (waitsForFreeze(user)) return <NotFrozen />;
  const [readiness, snapshots] = await Promise.all([
    load(getReadiness, asked.data),
    load(listSnapshots, { entity, limit: SNAPSHOTS }),
  ]);
  if (!readiness.allowed) return <NoRight />;
  const answer = readiness.data.value;
  return (
    <FeatureMessages of={['readiness', 'overview', 'controlTitles']}>
      <ReadinessView
        answer={answer}
        subject={answer.entity?.name ?? user.organisation.name}
        snapshots={snapshots.allowed ? snapshots.data.items : []}
      />
    </FeatureMessages>
  );
}
