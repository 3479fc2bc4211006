import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EntityView } from '@/components/entities/entity-view';
import { FeatureMessages } from '@/components/feature-messages';
import { NoRight } from '@/components/ui/no-right';
import { getEntity } from '@/lib/features/entities/queries';
import { listPeople } from '@/lib/features/people/queries';
import { allowedTo, load, requireUser } from '@/lib/web/page';
import { today } from '@/lib/web/today';

type Properties = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('entities'))('entity') };
}

export default async function EntityPage({ params }: Properties) {
  const [{ id }, user] = await Promise.all([params, requireUser()]);
  const mayWrite = allowedTo(user).includes('entity:write');
  const [entity, people] = await Promise.all([load(getEntity, { id }), mayWrite ? load(listPeople, {}) : null]);
  if (!entity.allowed) return <NoRight />;
  return (
    <FeatureMessages of={['classificationRules', 'entities', 'entityTypes']}>
      <EntityView
        entity={entity.data}
        today={today()}
        people={people?.allowed ? people.data.items.map((one) => ({ id: one.id, name: one.name })) : []}
        mayWrite={mayWrite}
      />
    </FeatureMessages>
  );
}
