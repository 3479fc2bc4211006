import type { Metadata } from 'next';
import { ControlView } from '@/components/controls/control-view';
import { FeatureMessages } from '@/components/feature-messages';
import { NoRight } from '@/components/ui/no-right';
import { getAssessment } from '@/lib/features/assessments/queries';
import { getControl } from '@/lib/features/catalogue/queries';
import { listPeople } from '@/lib/features/people/queries';
import { readerLocale } from '@/lib/web/i18n';
import { allowedTo, load, requireUser } from '@/lib/web/page';
import type { Search } from '@/lib/web/search';
import { today } from '@/lib/web/today';

type Properties = { params: Promise<{ id: string }>; searchParams: Promise<Search> };

export async function generateMetadata({ params }: Properties): Promise<Metadata> {
  return { title: (await params).id };
}

export default async function ControlPage({ params, searchParams }: Properties) {
  const [{ id }, search, user] = await Promise.all([params, searchParams, requireUser()]);
  const allowed = new Set(allowedTo(user));
  const control = await load(getControl, { id, locale: await readerLocale() });
  if (!control.allowed) return <NoRight />;
  const wanted = chosen(control.data.entities, search);
  const [assessment, people] = await Promise.all([
    wanted ? load(getAssessment, { id: wanted }) : null,
    allowed.has('user:read') ? load(listPeople, {}) : null,
  ]);
  return (
    <FeatureMessages of={['controls', 'controlTitles', 'dutyTitles', 'evidenceTypes', 'evidence', 'comments']}>
      <ControlView
        detail={control.data}
        assessment={assessment?.allowed && assessment.data.control === id ? assessment.data : null}
        today={today()}
        me={user.id}
        people={people?.allowed ? people.data.items.map((one) => ({ id: one.id, name: one.name })) : []}
        may={{
          exclude: allowed.has('assessment:exclude'),
          approveExclusion: allowed.has('assessment:approve-exclusion'),
          request: allowed.has('evidence:request'),
          upload: allowed.has('evidence:upload'),
          comment: allowed.has('comment:write'),
        }}
      />
    </FeatureMessages>
  );
}

/** The assessment the address names, the one of the entity it names, or the only one there is. */
function chosen(
  rows: readonly { assessment: string; entity: string }[],
  { assessment, entity }: Search,
): string | undefined {
  if (typeof assessment === 'string') return rows.find((row) => row.assessment === assessment)?.assessment;
  if (typeof entity === 'string') return rows.find((row) => row.entity === entity)?.assessment;
  return rows.length === 1 ? rows[0]!.assessment : undefined;
}
