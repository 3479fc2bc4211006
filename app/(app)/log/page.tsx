import Button from '@mui/material/Button';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FeatureMessages } from '@/components/feature-messages';
import { LogView } from '@/components/log/log-view';
import { NoRight } from '@/components/ui/no-right';
import { PageHeader } from '@/components/ui/page-header';
import { listEvents } from '@/lib/features/log/queries';
import { ListEvents } from '@/lib/features/log/schema';
import { listPeople } from '@/lib/features/people/queries';
import { allowedTo, load, requireUser } from '@/lib/web/page';
import { pick, type Search } from '@/lib/web/search';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('log'))('title') };
}

export default async function LogPage({ searchParams }: { searchParams: Promise<Search> }) {
  const [t, user, search] = await Promise.all([getTranslations('log'), requireUser(), searchParams]);
  const allowed = allowedTo(user);
  const [events, people] = await Promise.all([
    load(listEvents, pick(search, ListEvents)),
    allowed.includes('user:read') ? load(listPeople, {}) : null,
  ]);
  if (!events.allowed) return <NoRight />;
  return (
    <FeatureMessages of={['log']}>
      <PageHeader
        title={t('title')}
        sentence={t('sentence')}
        actions={
          allowed.includes('log:export') && (
            <Button component="a" href="/api/v1/log/export" download variant="outlined">
              {t('export')}
            </Button>
          )
        }
      />
      <LogView
        items={events.data.items}
        next={events.data.next}
        people={people?.allowed ? people.data.items.map(({ id, name }) => ({ value: id, label: name })) : []}
      />
    </FeatureMessages>
  );
}
