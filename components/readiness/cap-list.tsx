import { useTranslations } from 'next-intl';
import { StateChip } from '../ui/state-chip';
import styles from './cap-list.module.css';
import type { OpenCap } from './readiness-types';

/** Hard caps: matters that hold the whole score down until they are resolved. */
export function CapList({ caps }: { caps: readonly OpenCap[] }) {
  const t = useTranslations('readiness.caps');
  const reasons = useTranslations('terms.caps');
  if (caps.length === 0) return null;
  return (
    <ul className={styles.caps} aria-label={t('label')}>
      {caps.map((cap) => (
        <li key={cap.id}>
          <StateChip tone="serious">{t('limit', { cap: Math.floor(cap.cap) })}</StateChip>
          <span>{reasons.has(cap.id) ? reasons(cap.id) : cap.reason}.</span>
        </li>
      ))}
    </ul>
  );
}
