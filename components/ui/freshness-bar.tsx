import { useTranslations } from 'next-intl';
import { freshnessOf, type Freshness } from './freshness';
import styles from './freshness-bar.module.css';

interface FreshnessBarProps {
  /** `YYYY-MM-DD`. */
  collectedOn: string;
  validityDays: number;
  /** `YYYY-MM-DD`, from the server, so that a frozen month shows its own ages. */
  today: string;
}

/** How long a piece of evidence still counts: a bar that empties, and the same in words. */
export function FreshnessBar({ collectedOn, validityDays, today }: FreshnessBarProps) {
  const t = useTranslations('ui.freshness');
  const freshness = freshnessOf(collectedOn, validityDays, today);
  return (
    <span className={styles.freshness} data-state={freshness.state}>
      <span className={styles.bar} aria-hidden>
        <span style={{ width: `${Math.round(lengthOf(freshness, validityDays) * 100)}%` }} />
      </span>
      <span className={styles.words}>{t(freshness.state, { days: Math.abs(freshness.daysLeft) })}</span>
    </span>
  );
}

/** While valid the bar shows the time left; afterwards what still counts. */
function lengthOf({ state, share, daysLeft }: Freshness, validityDays: number): number {
  if (state === 'fresh' || state === 'ends-soon') return daysLeft / validityDays;
  return share;
}
