import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EvidenceView } from '@/components/evidence/evidence-view';
import { FeatureMessages } from '@/components/feature-messages';
import { NoRight } from '@/components/ui/no-right';
import { catalogue } from '@/db/catalogue';
import { listEntities } from '@/lib/features/entities/queries';
import { listEvidence } from '@/lib/features/evidence/queries';
import { ListEvidence } from '@/lib/features/evidence/schema';
import { listPeople } from '@/lib/features/people/queries';
import { listRequests } from '@/lib/features/requests/queries';
import { settings } from '@/lib/kernel/env';
import { allowedTo, load, requireUser } from '@/lib/web/page';
import { today } from '@/lib/web/today';
import { pick, type Search } from '@/lib/web/search';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('evidence'))('title') };
}

export default async function EvidencePage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = pick(await searchParams, ListEvidence);
  const user = await requireUser();
  const allowed = new Set(allowedTo(user));
  const [evidence, requests, entities, people] = await Promise.all([
    load(listEvidence, search),
    load(listRequests, { owner: 'me' }),
    load(listEntities, {}),
    allowed.has('evidence:edit') ? load(listPeople, {}) : null,
  ]);
  if (!evidence.allowed) return <NoRight />;
  return (
    <FeatureMessages of={['evidence', 'evidenceTypes', 'controlTitles', 'comments']}>
      <EvidenceView
        today={today()}
        limitMb={settings().UPLOAD_LIMIT_MB}
        items={evidence.data.items}
        next={evidence.data.next}
        requests={requests.allowed ? requests.data.items : []}
        entities={entities.allowed ? entities.data.items.map(({ id, name }) => ({ value: id, label: name })) : []}
        types={catalogue().evidenceTypes.map(({ id }) => id)}
        people={people?.allowed ? people.data.items.map(({ id, name }) => ({ id, name })) : []}
        may={{
          upload: allowed.has('evidence:upload'),
          edit: allowed.has('evidence:edit'),
          withdraw: allowed.has('evidence:propose-withdrawal'),
          download: allowed.has('evidence:download'),
        }}
      />
    </FeatureMessages>
  );
}
