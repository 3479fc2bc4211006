import { useTranslations } from 'next-intl';
import { Facts } from '../ui/facts';
import styles from './evidence.module.css';

interface EvidencePreviewProps {
  id: string;
  title: string;
  kind: 'file' | 'link' | 'form' | 'record';
  mediaType: string | null;
  url: string | null;
  form: Record<string, unknown> | null;
}

/** What can be looked at without leaving: PDF and pictures drawn by the browser, forms as facts, links as links. */
export function EvidencePreview({ id, title, kind, mediaType, url, form }: EvidencePreviewProps) {
  const t = useTranslations('evidence.preview');
  const address = `/api/v1/evidence/${id}/content?inline=true`;
  if (kind === 'link' && url) {
    return (
      <p>
        {t('link')}{' '}
        <a href={url} target="_blank" rel="noreferrer noopener">
          {url}
        </a>
      </p>
    );
  }
  if (form) return <FormFacts form={form} />;
  if (mediaType === 'application/pdf')
    return <iframe className={styles.preview} data-kind="pdf" src={address} title={t('of', { title })} />;
  if (mediaType?.startsWith('image/')) {
    // A plain image: it is private, changes never, and must not pass an optimiser.
    return <img className={styles.preview} data-kind="image" src={address} alt={t('of', { title })} />;
  }
  return (
    <p className={styles.muted}>
      {t('none')}{' '}
      {kind === 'file' && (
        <a href={`/api/v1/evidence/${id}/content`} download>
          {t('download')}
        </a>
      )}
    </p>
  );
}

function FormFacts({ form }: { form: Record<string, unknown> }) {
  const t = useTranslations('evidence.form');
  const items = Object.entries(form)
    .filter(([key]) => key !== 'kind' && key !== 'participants')
    .map(([key, value]) => ({
      label: t(key),
      value:
        key === 'decision' ? t(`decisions.${String(value)}`) : Array.isArray(value) ? value.join(', ') : String(value),
    }));
  const participants = Array.isArray(form.participants) ? form.participants.length : null;
  return (
    <Facts items={participants === null ? items : [...items, { label: t('participants'), value: participants }]} />
  );
}
