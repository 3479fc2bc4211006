import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import styles from './ask-list.module.css';
import type { OverviewChange } from './overview-types';

const MOST_EACH_WAY = 3;

/** Three up, three down since last month, each with its reason. */
export function ChangeList({ changes }: { changes: readonly OverviewChange[] }) {
  const t = useTranslations('overview.changes');
  const up = changes.filter((change) => change.delta > 0).slice(0, MOST_EACH_WAY);
  const down = changes.filter((change) => change.delta < 0).slice(0, MOST_EACH_WAY);
  if (up.length + down.length === 0) return <p className={styles.none}>{t('none')}</p>;
  return (
    <ul className={styles.list}>
      {[...up, ...down].map((change) => (
        <Change key={change.id} change={change} />
      ))}
    </ul>
  );
}

function Change({ change }: { change: OverviewChange }) {
  const t = useTranslations('overview.changes');
  const format = useFormatter();
  const isUp = change.delta > 0;
  const Arrow = isUp ? ArrowUpward : ArrowDownward;
  return (
    <li className={styles.change}>
      <span className={styles.delta} data-direction={isUp ? 'up' : 'down'}>
        <Arrow aria-hidden />
        <span className="only-screen-reader">{t(isUp ? 'up' : 'down')} </span>
        {format.number(change.delta, { signDisplay: 'always', maximumFractionDigits: 1 })}
      </span>
      <span>
        {change.href ? <Link href={change.href}>{change.label}</Link> : change.label}
        <span className={styles.detail}>{change.reason}</span>
      </span>
    </li>
  );
}
