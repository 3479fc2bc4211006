import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { FeatureMessages } from '@/components/feature-messages';
import { OverviewView } from '@/components/overview/overview-view';
import { waitsForFreeze } from '@/components/readiness/waits-for-freeze';
import { NotFrozen } from '@/components/ui/not-frozen';
import { hrefOf, navFor } from '@/components/shell/nav-items';
import { getChanges } from '@/lib/features/overview/queries';
import { GetChanges } from '@/lib/features/overview/schema';
import { getReadiness } from '@/lib/features/readiness/queries';
import { listSnapshots } from '@/lib/features/snapshots/queries';
import { getMyWork } from '@/lib/features/tasks/queries';
import { allowedTo, load, requireUser } from '@/lib/web/page';

/** A year and the month before it; corrections of a month count too. */
const SNAPSHOTS = 24;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('title') };
}

export default async function OverviewPage({ searchParams }: { searchParams: Promise<Record<string, string>> }) {
  const { entity, asOf } = await searchParams;
  const asked = GetChanges.safeParse({ entity, asOf });
  if (!asked.success) notFound();
  const user = await requireUser();
  const rights = allowedTo(user);
  if (waitsForFreeze(user)) return <NotFrozen />;
  const [readiness, snapshots, changes, work] = await Promise.all([
    load(getReadiness, asked.data),
    load(listSnapshots, { entity, limit: SNAPSHOTS }),
    load(getChanges, asked.data),
    load(getMyWork, {}),
  ]);
  // Who may read no score (a platform admin) starts where their own work is.
  if (!readiness.allowed) redirect(hrefOf(navFor(rights)[0]) ?? '/settings');
  const answer = readiness.data.value;
  return (
    <FeatureMessages of={['overview']}>
      <OverviewView
        answer={answer}
        subject={answer.entity?.name ?? user.organisation.name}
        snapshots={snapshots.allowed ? snapshots.data.items : []}
        changes={changes.allowed ? changes.data : { since: null, items: [] }}
        decidesCaps={rights.includes('report:release')}
        waiting={work.allowed ? work.data.waitingForMe : null}
        clocks={[]}
      />
    </FeatureMessages>
  );
}
