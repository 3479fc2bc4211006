import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EngagementCard } from '@/components/audit/engagement-card';
import { EndEngagement, NewEngagement } from '@/components/audit/engagement-tools';
import { FeatureMessages } from '@/components/feature-messages';
import { EmptyState } from '@/components/ui/empty-state';
import { LawLink } from '@/components/ui/law-link';
import { LinkTabs } from '@/components/ui/link-tabs';
import { NoRight } from '@/components/ui/no-right';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { listEngagements } from '@/lib/features/engagements/queries';
import { ListEngagements } from '@/lib/features/engagements/schema';
import { listEntities } from '@/lib/features/entities/queries';
import { listPeople } from '@/lib/features/people/queries';
import { allowedTo, load, requireUser } from '@/lib/web/page';
import { now, today } from '@/lib/web/today';
import { pick, type Search } from '@/lib/web/search';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<Search> }) {
  const [t, user, search] = await Promise.all([getTranslations('audit'), requireUser(), searchParams]);
  const allowed = allowedTo(user);
  const isAuditor = user.held.some(({ role }) => role === 'auditor');
  const mayWrite = allowed.includes('engagement:write');
  const [engagements, people, entities] = await Promise.all([
    load(listEngagements, pick(search, ListEngagements)),
    mayWrite ? load(listPeople, { role: 'auditor' }) : null,
    mayWrite ? load(listEntities, { limit: 200 }) : null,
  ]);
  if (!engagements.allowed) return <NoRight />;
  const { items } = engagements.data;
  const instant = now();
  return (
    <FeatureMessages of={['audit', 'comments']}>
      <PageHeader
        title={t('title')}
        sentence={t(isAuditor ? 'sentenceAuditor' : 'sentence')}
        actions={
          mayWrite && (
            <NewEngagement
              today={today()}
              auditors={people?.allowed ? people.data.items.map(({ id, name }) => ({ id, name })) : []}
              entities={entities?.allowed ? entities.data.items.map(({ id, name }) => ({ id, name })) : []}
            />
          )
        }
      />
      {!isAuditor && (
        <LinkTabs
          label={t('title')}
          param="state"
          tabs={[
            { value: '', label: t('tabs.every') },
            { value: 'running', label: t('tabs.running') },
            { value: 'planned', label: t('tabs.planned') },
            { value: 'over', label: t('tabs.over') },
          ]}
        />
      )}
      {items.length === 0 && (
        <EmptyState title={t('emptyTitle')} what={t('emptyWhat')} why={<LawLink obligation="nis2.32" />} />
      )}
      {items.map((engagement) => (
        <Section
          key={engagement.id}
          title={engagement.title}
          actions={
            allowed.includes('engagement:end') &&
            engagement.state !== 'over' && (
              <EndEngagement id={engagement.id} version={engagement.version} title={engagement.title} />
            )
          }
        >
          <EngagementCard
            engagement={engagement}
            now={instant}
            isAuditor={isAuditor}
            mayComment={allowed.includes('comment:write')}
          />
        </Section>
      ))}
    </FeatureMessages>
  );
}
