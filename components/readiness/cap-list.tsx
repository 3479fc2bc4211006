import { useTranslations } from 'next-intl';
import { StateChip } from '../ui/state-chip';
import styles from './cap-list.module.css';
import type { ReadinessCap } from './readiness-types';

interface CapListProps {
  caps: readonly ReadinessCap[];
  /** Names the entities a cap holds. */
  isOfGroup: boolean;
}

const NAMED = 3;

/** Hard caps: matters that hold the whole score down until they are resolved. */
export function CapList({ caps, isOfGroup }: CapListProps) {
  const t = useTranslations('readiness.caps');
  const reasons = useTranslations('terms.caps');
  if (caps.length === 0) return null;
  return (
    <ul className={styles.caps} aria-label={t('label')}>
      {caps.map((cap) => (
        <li key={cap.id}>
          <StateChip tone="serious">{t('limit', { cap: Math.floor(cap.cap) })}</StateChip>
          <span>{reasons.has(cap.id) ? `${reasons(cap.id)}.` : cap.reason}</span>
          {isOfGroup && (
            <span className={styles.where}>
              {t('where', {
                names: cap.entities
                  .slice(0, NAMED)
                  .map(({ name }) => name)
                  .join(', '),
                more: Math.max(0, cap.entities.length - NAMED),
              })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
