import { useFormatter, useTranslations } from 'next-intl';
import styles from './controls.module.css';

/** Mean maturity 0–5 as five ticks and its number; a dash where nothing is marked. */
export function LevelBar({ level }: { level: number | null }) {
  const t = useTranslations('controls');
  const format = useFormatter();
  if (level === null) return <span className={styles.muted}>{t('blank')}</span>;
  return (
    <span className={styles.level}>
      <span className={styles.ticks} aria-hidden>
        {[1, 2, 3, 4, 5].map((tick) => (
          <span
            key={tick}
            style={{ '--filled': `${Math.max(0, Math.min(1, level - tick + 1)) * 100}%` } as React.CSSProperties}
          />
        ))}
      </span>
      <b>{format.number(level, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}</b>
    </span>
  );
}
