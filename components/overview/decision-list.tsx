import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import styles from './ask-list.module.css';
import type { OverviewDecision } from './overview-types';

const MOST = 5;

/** At most five things only the reader can decide, each with its date. */
export function DecisionList({ decisions }: { decisions: readonly OverviewDecision[] }) {
  const t = useTranslations('overview.decisions');
  const format = useFormatter();
  if (decisions.length === 0) return <p className={styles.none}>{t('none')}</p>;
  return (
    <ul className={styles.list}>
      {decisions.slice(0, MOST).map((decision) => (
        <li key={decision.id}>
          <Link href={decision.href}>{decision.title}</Link>
          <span className={styles.detail}>
            {decision.detail}
            {decision.dueOn && (
              <time dateTime={decision.dueOn}>
                {t('by', { date: format.dateTime(new Date(`${decision.dueOn}T12:00:00Z`), { dateStyle: 'medium' }) })}
              </time>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
