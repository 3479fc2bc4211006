'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Choice } from '../ui/choice';
import { useFilters } from '../ui/use-filters';
import { dayIn } from './report-types';
import styles from './reports.module.css';

export interface ChoosableMonth {
  snapshot: string;
  month: string;
  /** ISO instant; tells two freezes of one month apart. */
  asOf: string;
}

interface MonthChoicesProps {
  months: readonly ChoosableMonth[];
  from: string;
  to: string;
}

/** The two months that are compared; both live in the address. */
export function MonthChoices({ months, from, to }: MonthChoicesProps) {
  const t = useTranslations('reports.compare');
  const format = useFormatter();
  const filters = useFilters();
  const options = months.map(({ snapshot, month, asOf }) => {
    const name = format.dateTime(dayIn(month), { month: 'long', year: 'numeric' });
    const isRestated = months.filter((one) => one.month === month).length > 1;
    const at = format.dateTime(new Date(asOf), { dateStyle: 'short', timeStyle: 'short' });
    return { value: snapshot, label: isRestated ? `${name} (${at})` : name };
  });
  return (
    <div className={styles.choices}>
      <Choice
        label={t('from')}
        value={to}
        options={options}
        onChange={(value) => filters.set({ month: value, with: from })}
      />
      <Choice
        label={t('to')}
        value={from}
        options={options}
        onChange={(value) => filters.set({ month: to, with: value })}
      />
    </div>
  );
}
