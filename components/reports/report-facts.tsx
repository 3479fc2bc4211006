'use client';

import { useFormatter, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ReportItem } from '@/lib/features/reports/schema';
import { CopyButton } from '../ui/copy-button';
import { Facts } from '../ui/facts';
import { dayIn } from './report-types';
import styles from './reports.module.css';

/** What stands behind a report: the seal, the instant, and the people with their times. */
export function ReportFacts({ item }: { item: ReportItem }) {
  const t = useTranslations('reports.facts');
  const kinds = useTranslations('reports.kinds');
  const format = useFormatter();
  const at = (instant: string) => format.dateTime(new Date(instant), { dateStyle: 'medium', timeStyle: 'short' });
  const other = (id: string) => (
    <Link href={`/reports?read=${id}`} scroll={false}>
      {t('other', { month: format.dateTime(dayIn(item.month), { month: 'long', year: 'numeric' }) })}
    </Link>
  );
  const { report } = item;
  const facts: (false | null | undefined | { label: string; value: ReactNode })[] = [
    { label: t('asOf'), value: format.dateTime(new Date(item.asOf), { dateStyle: 'long', timeStyle: 'long' }) },
    { label: t('kind'), value: kinds(item.kind) },
    report && { label: t('prepared'), value: t('byAt', { person: report.prepared.name, at: at(report.prepared.at) }) },
    report?.released && {
      label: t('released'),
      value: t('byAt', { person: report.released.name, at: at(report.released.at) }),
    },
    report?.note ? { label: t('note'), value: report.note } : null,
    report &&
      report.readers.length > 0 && {
        label: t('readers'),
        value: (
          <ul className={styles.lines}>
            {report.readers.map(({ id, name, lastAt, times }) => (
              <li key={id}>{t('times', { person: name, at: at(lastAt), times })}</li>
            ))}
          </ul>
        ),
      },
    item.restates !== null && { label: t('restates'), value: other(item.restates) },
    item.restatedBy !== null && { label: t('restatedBy'), value: other(item.restatedBy) },
    { label: t('method'), value: item.method },
    {
      label: t('seal'),
      value: (
        <span className={styles.digest}>
          <code>{item.digest}</code>
          <CopyButton text={item.digest} label={t('hash')} />
        </span>
      ),
    },
  ];
  return <Facts items={facts.filter((fact) => typeof fact === 'object' && fact !== null)} />;
}
