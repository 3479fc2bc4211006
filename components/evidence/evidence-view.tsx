import { useTranslations } from 'next-intl';
import type { EvidenceItem } from '@/lib/features/evidence/schema';
import type { RequestItem } from '@/lib/features/requests/schema';
import { PageHeader } from '../ui/page-header';
import { Section } from '../ui/section';
import { AddMenu } from './add-menu';
import { AskedOfYou } from './asked-of-you';
import { EvidenceLibrary } from './evidence-library';
import { UploadArea } from './upload-area';

interface EvidenceViewProps {
  today: string;
  limitMb: number;
  items: readonly EvidenceItem[];
  next: string | null;
  requests: readonly RequestItem[];
  entities: readonly { value: string; label: string }[];
  types: readonly string[];
  people: readonly { id: string; name: string }[];
  may: { upload: boolean; edit: boolean; withdraw: boolean; download: boolean };
}

/** Evidence: what is asked of you, where to drop it, and everything there is. */
export function EvidenceView({
  today,
  limitMb,
  items,
  next,
  requests,
  entities,
  types,
  people,
  may,
}: EvidenceViewProps) {
  const t = useTranslations('evidence');
  const names = useTranslations('evidenceTypes');
  const overdue = requests.filter(({ isOverdue }) => isOverdue).length;
  return (
    <>
      <PageHeader
        title={t('title')}
        sentence={requests.length > 0 ? t('sentenceAsked', { count: requests.length, overdue }) : t('sentence')}
        actions={may.edit && <AddMenu today={today} people={people} />}
      />
      {requests.length > 0 && (
        <Section title={t('asked.title')}>
          <AskedOfYou items={requests} />
        </Section>
      )}
      {may.upload && (
        <UploadArea
          today={today}
          limitMb={limitMb}
          requests={requests.map((one) => ({
            id: one.id,
            type: one.type,
            label: `${names(one.type)} – ${one.control}, ${one.entityName}`,
          }))}
        />
      )}
      <Section title={t('library.heading')} id="library">
        <EvidenceLibrary items={items} next={next} today={today} entities={entities} types={types} may={may} />
      </Section>
    </>
  );
}
