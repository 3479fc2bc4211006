import { useFormatter, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { RequestItem } from '@/lib/features/requests/schema';
import { StateChip } from '../ui/state-chip';
import styles from './evidence.module.css';

/** Empty slots with their control and date: what somebody waits for. */
export function AskedOfYou({ items }: { items: readonly RequestItem[] }) {
  const t = useTranslations('evidence.asked');
  const names = useTranslations('evidenceTypes');
  const titles = useTranslations('controlTitles');
  const format = useFormatter();
  if (items.length === 0) return <p className={styles.muted}>{t('none')}</p>;
  return (
    <ul className={styles.slots}>
      {items.map((one) => (
        <li key={one.id}>
          <div>
            <p>
              <strong>{names(one.type)}</strong> {t('for')}{' '}
              <Link href={`/controls/${one.control}?assessment=${one.assessment}`}>
                {one.control} {titles(one.control)}
              </Link>
            </p>
            <p className={styles.muted}>
              {one.entityName}
              {one.note && ` · ${one.note}`}
            </p>
          </div>
          <StateChip tone={one.isOverdue ? 'serious' : 'neutral'}>
            {t(one.isOverdue ? 'overdue' : 'due', {
              day: format.dateTime(new Date(one.dueOn), { dateStyle: 'medium', timeZone: 'UTC' }),
            })}
          </StateChip>
        </li>
      ))}
    </ul>
  );
}
