import { useTranslations } from 'next-intl';
import type { AssessmentDetail } from '@/lib/features/assessments/schema';
import { Section } from '../ui/section';
import { Timeline } from '../ui/timeline';
import styles from './controls.module.css';

/** Every change that was made here, newest first. */
export function AssessmentHistory({ assessment }: { assessment: AssessmentDetail }) {
  const t = useTranslations('controls.history');
  if (assessment.history.length === 0) {
    return (
      <Section title={t('title')}>
        <p className={styles.muted}>{t('none')}</p>
      </Section>
    );
  }
  const entries = assessment.history.slice(0, 12).map(({ id, at, by, before, after }) => ({
    id,
    at,
    by: by ?? t('machine'),
    title: Object.keys(after)
      .map((field) => line(field, before[field], after[field]))
      .filter(Boolean)
      .join(' · '),
  }));
  return (
    <Section title={t('title')}>
      <Timeline entries={entries} />
    </Section>
  );

  function line(field: string, from: unknown, to: unknown): string {
    if (!t.has(`fields.${field}`)) return '';
    if (field === 'documentation' || field === 'implementation' || field === 'target') {
      return t('moved', {
        field: t(`fields.${field}`),
        from: levelText(from),
        to: levelText(to),
      });
    }
    return t('changed', { field: t(`fields.${field}`) });
  }
}

function levelText(level: unknown): string {
  return typeof level === 'number' ? String(level) : '–';
}
