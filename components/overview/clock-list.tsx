'use client';

import TimerOutlined from '@mui/icons-material/TimerOutlined';
import Link from 'next/link';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { StateChip } from '../ui/state-chip';
import styles from './ask-list.module.css';
import type { OverviewClock } from './overview-types';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Legal clocks that run now, the nearest first. */
export function ClockList({ clocks }: { clocks: readonly OverviewClock[] }) {
  const t = useTranslations('overview.clocks');
  const format = useFormatter();
  const now = useNow({ updateInterval: MINUTE_MS });
  if (clocks.length === 0) return <p className={styles.none}>{t('none')}</p>;
  return (
    <ul className={styles.list}>
      {clocks.map((clock) => {
        const due = new Date(clock.dueAt);
        const left = due.getTime() - now.getTime();
        const tone = left < 0 ? 'serious' : left < DAY_MS ? 'attention' : 'neutral';
        return (
          <li key={clock.id}>
            <Link href={clock.href}>{clock.title}</Link>
            <span className={styles.detail}>
              <StateChip tone={tone} icon={<TimerOutlined aria-hidden />}>
                {left < 0
                  ? t('late', { when: format.relativeTime(due, now) })
                  : t('due', { when: format.relativeTime(due, now) })}
              </StateChip>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
