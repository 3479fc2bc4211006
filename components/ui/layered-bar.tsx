import { useTranslations } from 'next-intl';
import styles from './layered-bar.module.css';
import keyStyles from './score-key.module.css';

export interface Threshold {
  /** 0–100. */
  at: number;
  label: string;
  /** Stands in for the label on a phone. */
  short: string;
}

interface LayeredBarProps {
  /** 0–100, proven ≤ claimed ≤ open. */
  proven: number;
  claimed: number;
  open: number;
  thresholds?: readonly Threshold[];
  /** Marks the weakest key control, as a tick under the bar. */
  floor?: number | null;
  size?: 'thin' | 'body' | 'tall';
  /** Numbers and words under the bar; the thin forms have them beside themselves. */
  isLabelled?: boolean;
}

/** Proven inside claimed inside open, as one bar from 0 to 100. Reads in greyscale: solid, hatched, outlined. */
export function LayeredBar({
  proven,
  claimed,
  open,
  thresholds = [],
  floor,
  size = 'body',
  isLabelled,
}: LayeredBarProps) {
  const t = useTranslations('ui.score');
  const values = { proven: Math.floor(proven), claimed: Math.floor(claimed), open: Math.floor(open) };
  return (
    <div className={styles.frame} data-size={size}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn with boxes, there is no picture to load */}
      <div className={styles.bar} role="img" aria-label={t('bar', values)}>
        <span className={styles.open} style={{ width: `${open}%` }} />
        <span className={styles.claimed} style={{ width: `${claimed}%` }} />
        <span className={styles.proven} style={{ width: `${proven}%` }} />
        {thresholds.map((threshold) => (
          <span key={threshold.at} className={styles.threshold} style={{ left: `${threshold.at}%` }} />
        ))}
        {typeof floor === 'number' && <span className={styles.floor} style={{ left: `${floor}%` }} />}
      </div>
      {thresholds.length > 0 && (
        <div className={styles.scale} aria-hidden>
          {thresholds.map((threshold) => (
            <span key={threshold.at} style={{ left: `${threshold.at}%` }}>
              <span className={styles.long}>{threshold.label}</span>
              <span className={styles.short}>{threshold.short}</span>
            </span>
          ))}
        </div>
      )}
      {isLabelled && (
        <ul className={`${keyStyles.key} ${styles.under}`} aria-hidden>
          {(['proven', 'claimed', 'open'] as const).map((word) => (
            <li key={word} data-word={word}>
              <b>{values[word]}</b> {t(word)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
